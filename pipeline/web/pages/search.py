"""Full text search with its filters."""

from pipeline.query.search import CLOSE, OPEN, Within
from pipeline.query.search import search as find_passages
from pipeline.query.typed import is_day
from pipeline.web.site import Asked, BadQuestionError, Values

A_PAGE = 20
"""Passages of a page."""
LAST = 50
"""Pages that can be gone through."""


def search(asked: Asked) -> Values:
    """Passages that hold the words, a page of them."""
    since, until = day(asked, "from"), day(asked, "to")
    within = Within(asked.one("source") or None, asked.one("place") or None, since, until)
    query, number = asked.one("q")[:1000], asked.number("page", LAST)
    found = find_passages(asked.conn, query, number * A_PAGE + 1, within) if query else []
    shown = [(passage, pieces(passage.snippet)) for passage in found[(number - 1) * A_PAGE : number * A_PAGE]]
    return {
        "q": query,
        "within": within,
        "found": shown,
        "page": number,
        "more": len(found) > number * A_PAGE < LAST * A_PAGE,
    }


def day(asked: Asked, name: str) -> str | None:
    """A day, month or year of a filter; BadQuestionError if it is none."""
    value = asked.one(name)
    if value and not is_day(value):
        raise BadQuestionError("no_day", value)
    return value or None


def pieces(snippet: str) -> list[tuple[str, bool]]:
    r"""A snippet in pieces, with whether each is what was looked for.

    >>> pieces("a \x02b\x03 c")
    [('a ', False), ('b', True), (' c', False)]
    """
    parts = [piece.partition(CLOSE) for piece in snippet.split(OPEN)]
    cut = [(parts[0][0], False), *(pair for found, _, rest in parts[1:] for pair in ((found, True), (rest, False)))]
    return [(text, found) for text, found in cut if text]
