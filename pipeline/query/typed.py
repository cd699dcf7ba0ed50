"""What is typed at a terminal or in a page."""

from datetime import date


def as_stored(typed: str) -> str:
    r"""What was typed, as a text could hold it: bytes that are no UTF-8 come as halves of characters, which SQLite refuses.

    >>> as_stored("Cà Mau\udcff")
    'Cà Mau?'
    """
    return typed.encode("utf-8", "replace").decode("utf-8")


def is_day(typed: str) -> bool:
    """Whether it is a year, a month or a day that exists.

    >>> is_day("2020"), is_day("2020-02"), is_day("2020-02-30"), is_day("20")
    (True, True, False, False)
    """
    try:
        date.fromisoformat((typed + "-01-01"[max(0, len(typed) - len("2020")) :])[: len("2020-01-01")])
    except ValueError:
        return False
    return len(typed) in map(len, ("2020", "2020-02", "2020-02-29"))
