"""Look-up: answers to what was typed, to each line of a list, and while it is typed."""

from pipeline.query.lookup import lines_of, look_up, look_up_lines
from pipeline.web.site import Asked, BadQuestionError, Values

SHOWN, OF_A_LINE = {"most_shown": 50, "most_near": 20}, {"most_shown": 4, "most_near": 2}
"""Documents and near misses that are shown of an answer, and of one line's."""
A_PAGE = 20
"""Lines of a page."""
FEW = 6
"""Documents that are shown while a query is typed."""
LONGEST = 20_000
"""Characters of a query."""


def lookup(asked: Asked) -> Values:
    """The answers to a query; one for each line of a list."""
    query = _query(asked)
    lines = lines_of(query)
    listed = len(lines) > 1
    pages = max(1, -(-len(lines) // A_PAGE))
    number = asked.number("page", pages)
    answers = [look_up(asked.conn, line) for line in lines[(number - 1) * A_PAGE : number * A_PAGE]]
    return {
        "q": query, "asked": query, "answers": answers, "listed": listed, "ticked": any(answer.documents or answer.near for answer in answers),
        "number": number, "pages": pages, **(OF_A_LINE if listed else SHOWN),
    }  # fmt: skip


def typed(asked: Asked) -> Values:
    """The answer while a query is typed."""
    query = _query(asked)
    answers = [look_up(asked.conn, query, typing=True)] if query else []
    return {"q": query, "answers": answers, "listed": False, "tick": False, "most_shown": FEW, "most_near": FEW // 2}


def as_data(asked: Asked) -> object:
    """The answer, or for several lines an array of them, as `sohieu lookup --json` prints them."""
    answers = [answer.told() for answer in look_up_lines(asked.conn, _query(asked))]
    return answers[0] if len(answers) == 1 else answers


def _query(asked: Asked) -> str:
    query = asked.one("q")
    if len(query) > LONGEST:
        raise BadQuestionError("too_long", query[:60])
    return query
