"""What is typed at a terminal."""


def as_stored(typed: str) -> str:
    r"""What was typed, as a text could hold it: bytes that are no UTF-8 come as halves of characters, which SQLite refuses.

    >>> as_stored("Cà Mau\udcff")
    'Cà Mau?'
    """
    return typed.encode("utf-8", "replace").decode("utf-8")
