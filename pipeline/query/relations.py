"""Words for kinds of relation between documents, from relations.toml."""

import tomllib
from functools import cache
from importlib.resources import files

_RELATED = (
    "(SELECT f.document_id AS from_id, r.kind, t.document_id AS to_id, r.text_id FROM relations r "
    "CROSS JOIN mentions t ON t.text_id = r.text_id AND t.start = r.to_start "
    "CROSS JOIN mentions f ON f.text_id = r.text_id "
    "AND f.start = coalesce(r.from_start, (SELECT o.start FROM mentions o WHERE o.text_id = r.text_id AND o.own)) "
    "WHERE f.document_id IS NOT NULL AND t.document_id IS NOT NULL AND f.document_id <> t.document_id{})"
)
"""The view `document_relations`, relations first: joined the other way, a gazette costs the square of its mentions."""
RELATED = _RELATED.format("")
RELATED_OF = _RELATED.format(" AND r.text_id IN (SELECT text_id FROM mentions WHERE document_id = :id)")
"""The same in the texts that mention the document `:id`."""
_STATUS = (
    "(SELECT r.to_id AS document_id, r.kind, r.from_id AS by_id, f.issued AS since, count(DISTINCT r.text_id) AS texts, "
    "coalesce(f.issued < t.issued, 0) AS contradiction "
    "FROM {} r JOIN documents f ON f.id = r.from_id JOIN documents t ON t.id = r.to_id "
    "WHERE r.kind IN ('replaces', 'repeals', 'amends') GROUP BY r.to_id, r.kind, r.from_id)"
)
"""The view `document_status` over the same."""
STATUS = _STATUS.format(RELATED)
STATUS_OF = _STATUS.format(RELATED_OF)


def related(kind: str, forward: bool, language: str = "vi", alone: bool = False) -> str:
    """What a document is to another that is named behind, or `alone`, from the one that acts (`forward`) or the one acted on.

    KeyError for a kind or language that there is not.

    >>> related("implements", True), related("implements", False), related("cites", False, "en")
    ('thực hiện', 'được thực hiện bởi', 'cited in')
    >>> related("replaces", False, alone=True)
    'bị thay thế'
    """
    words = _table()[kind]
    if forward or alone:
        return words["forward" if forward else "backward"][language]
    return f"{words['backward'][language]} {words['by'][language]}"


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("pipeline.query") / "relations.toml").read_text("utf-8"))
