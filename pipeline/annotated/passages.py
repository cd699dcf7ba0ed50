"""A passage of a text as corrections name it: a quote, with as much context as makes it the only one."""

from collections.abc import Iterator

from pipeline.corrections import locate

_STEPS = (4, 8, 16, 32, 64, 128, 256, 512)
"""Letters of context on each side that are tried in turn."""


def passage(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Quote and context by which `locate` finds `text[start:end]`; None if it stands among copies of itself.

    >>> passage("Số 5. Số 6, Số 5", 12, 16)
    ('Số 5', ' 6, Số 5')
    """
    quote = text[start:end]
    for context in _contexts(text, start, end):
        if (not context or context.count(quote) == 1) and locate(text, quote, context)[0] == start:
            return quote, context
    return None


def _contexts(text: str, start: int, end: int) -> Iterator[str]:
    """Ever more of what is around, up to where the same words come again."""
    quote = text[start:end]
    yield ""
    least = text.rfind(quote, 0, end - 1) + 1
    again = text.find(quote, start + 1)
    most = again + len(quote) - 1 if again >= 0 else len(text)
    seen = ""
    for step in _STEPS:
        context = text[max(least, start - step) : min(most, end + step)]
        if context == seen:
            return
        yield context
        seen = context
