"""A list of documents that stands in its address, so that it can be kept and sent."""

import re
from urllib.parse import urlencode

from pipeline.export.citations import FORMATS
from pipeline.query.lookup import look_up
from pipeline.query.matching import DocumentRow, rows_of
from pipeline.web.site import Asked, BadQuestionError, NotFoundError, Values

MOST = 200
"""Documents of a list."""
A_PAGE = 50
"""Documents of a page."""
_ID = re.compile(r"d-[0-9a-f]{12}")


def saved(asked: Asked) -> Values:
    """The documents of a list in its order; one that is looked up is added if it is the only one meant."""
    ids, query = ids_of(asked), asked.one("q")[:1000]
    choices: list[DocumentRow] = []
    missed = False
    if query:
        found = look_up(asked.conn, query).documents
        ids = list(dict.fromkeys([*ids, *(row.id for row in found)])) if len(found) == 1 else ids
        choices = list(found) if len(found) > 1 else []
        missed = not found
    rows = documents(asked, ids)
    pages = max(1, -(-len(rows) // A_PAGE))
    number = asked.number("page", pages)
    return {
        "rows": rows[(number - 1) * A_PAGE : number * A_PAGE], "number": number, "pages": pages,
        "ids": ids, "q": query, "missed": missed, "choices": choices,
        "gone": [each for each in ids if each not in {row.id for row in rows}], "here_list": address(ids), "asks": urlencode([("d", each) for each in ids]),
        "formats": FORMATS,
    }  # fmt: skip


def ids_of(asked: Asked) -> list[str]:
    """The ids that an address lists, each once; BadQuestionError if one is none or they are too many."""
    ids = list(dict.fromkeys(asked.args.get("d", [])))
    for identity in ids:
        if not _ID.fullmatch(identity):
            raise BadQuestionError("no_id", identity)
    if len(ids) > MOST:
        raise BadQuestionError("too_many", str(len(ids)))
    return ids


def documents(asked: Asked, ids: list[str]) -> list[DocumentRow]:
    """The documents of some ids, in the order of the ids."""
    rows = {row.id: row for row in rows_of(asked.conn, ids)}
    return [rows[identity] for identity in ids if identity in rows]


def address(ids: list[str]) -> str:
    """The address of a list."""
    return f"/list?{urlencode([('d', identity) for identity in ids])}"


def cited(asked: Asked) -> tuple[bytes, str, str]:
    """A document, or the documents of a list, as citations in the format that the address names."""
    write, kind = FORMATS[asked.parts["format"]]
    identity = asked.parts.get("id")
    rows = documents(asked, [identity] if identity else ids_of(asked))
    if not rows:
        raise NotFoundError("not_found")
    return (
        "\n".join(write(row) for row in rows).encode(),
        f"{kind}; charset=utf-8",
        f"{identity or 'list'}.{asked.parts['format']}",
    )
