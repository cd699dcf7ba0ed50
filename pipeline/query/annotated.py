"""Texts with all that is found in them, one by one, as annotation tools want them."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.query.database import QueryError
from pipeline.query.typed import as_stored

FAMILIES = ("references", "dates", "units", "figures")
_QUERIES = {
    "references": (
        "SELECT document_id AS target, status AS state, start, end, surface, form, doc_type, number, symbol, issued, issuer, title, provision, "
        '"target" AS points_to, flags FROM mentions WHERE text_id = ? ORDER BY start, end'
    ),
    "dates": "SELECT NULL AS target, start, end, surface, edtf, flags, suggestion, completed FROM dates WHERE text_id = ? ORDER BY start, end",
    "units": (
        "SELECT u.id AS target, m.start, m.end, m.surface, u.unit_type, u.name, u.level, u.place FROM unit_mentions m "
        "JOIN units u ON u.id = m.unit_id WHERE m.text_id = ? ORDER BY m.start, m.end"
    ),
    "figures": (
        'SELECT NULL AS target, start, end, surface, value, "of", max, unit, comparator, amount, measure, share_of, reports_on, '
        "reports_on_start, done_by, flags FROM figures WHERE text_id = ? ORDER BY start, end"
    ),
}
_LABELS = {"references": "form", "units": "unit_type", "figures": "comparator"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding: half-open character offsets, the fields of its record as stored, and the id of the document or unit that is meant.

    `state` says of a reference whether it is known which document that is.
    """

    family: str
    start: int
    end: int
    fields: Mapping[str, object]
    target: str | None = None
    state: str | None = None

    @property
    def label(self) -> str:
        """What tells findings of one family apart: form, type of unit, comparator."""
        return str(self.fields[_LABELS[self.family]]) if self.family in _LABELS else "date"

    @property
    def key(self) -> str:
        """A name that is unique in the text."""
        return f"{self.family}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Tie:
    """How two findings stand to each other: a relation of references, or a figure that `reports_on` or is a `share_of`.

    `origin` is None where the text itself acts and does not name itself.
    """

    kind: str
    origin: Annotation | None
    to: Annotation


@dataclass(frozen=True, slots=True)
class Sentence:
    """Offsets of a sentence, and its words as underthesea joins them; None if it was stored without."""

    start: int
    end: int
    words: str | None


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its sentences, its findings in order, and how these stand to each other; `sha256` is that of its file."""

    id: str
    sha256: str
    path: str
    title: str | None
    url: str | None
    published: str | None
    text: str
    sentences: tuple[Sentence, ...]
    annotations: tuple[Annotation, ...]
    ties: tuple[Tie, ...]


def choose_texts(
    conn: sqlite3.Connection, named: Sequence[str] = (), source: str | None = None, most: int = -1
) -> list[str]:
    """Ids of texts in order: those named, or those with `source` in their path, `most` of them; QueryError if there are none."""
    if named:
        return [_known(conn, as_stored(identity)) for identity in dict.fromkeys(named)][: most if most >= 0 else None]
    rows = conn.execute(
        "SELECT id FROM texts WHERE instr(lower(path), lower(?)) > 0 OR ? = '' ORDER BY id LIMIT ?",
        [as_stored(source or ""), source or "", most],
    )
    found = [row[0] for row in rows]
    if not found:
        what = f"no text has {source!r} in its path" if source else "there are no texts"
        raise QueryError(f"{what}; 'sohieu search' shows texts with their paths")
    return found


def _known(conn: sqlite3.Connection, identity: str) -> str:
    if conn.execute("SELECT 1 FROM texts WHERE id = ?", [identity]).fetchone() is None:
        raise QueryError(f"no text has the id {identity}; find ids with 'sohieu search'")
    return identity


def read_annotated(conn: sqlite3.Connection, ids: Sequence[str]) -> Iterator[AnnotatedText]:
    """The texts with these ids, read one by one; ids that are not there are passed over."""
    for identity in ids:
        row = conn.execute(
            "SELECT id, sha256, path, title, url, published, text FROM texts WHERE id = ?", [identity]
        ).fetchone()
        if row is not None:
            found = annotations_of(conn, identity)
            ties = tuple(_ties(conn, identity, found))
            name, sha256, path, title, url, published, text = row
            yield AnnotatedText(
                name, sha256, path, title, url, published, text, _sentences(conn, identity), found, ties
            )


def _sentences(conn: sqlite3.Connection, identity: str) -> tuple[Sentence, ...]:
    rows = conn.execute("SELECT start, end, words FROM segments WHERE text_id = ? ORDER BY start", [identity])
    return tuple(Sentence(*row) for row in rows)


def annotations_of(conn: sqlite3.Connection, identity: str) -> tuple[Annotation, ...]:
    """All that is found in a text, by place; of two that begin together the longer one is first."""
    found = []
    for family, query in _QUERIES.items():
        cursor = conn.execute(query, [identity])
        names = [column[0] for column in cursor.description]
        found += [annotation(family, dict(zip(names, row, strict=True))) for row in cursor]
    return tuple(sorted(found, key=lambda each: (each.start, -each.end, FAMILIES.index(each.family))))


def annotation(family: str, row: dict[str, object]) -> Annotation:
    """A finding from the columns of its row."""
    target, state = row.pop("target"), row.pop("state", None)
    if family == "references":
        row["target"] = row.pop("points_to")
    if "flags" in row:
        row["flags"] = json.loads(str(row["flags"]))
    start, end = int(str(row["start"])), int(str(row["end"]))
    return Annotation(family, start, end, row, str(target) if target else None, str(state) if state else None)


def _ties(conn: sqlite3.Connection, identity: str, found: Sequence[Annotation]) -> Iterator[Tie]:
    at = {(each.family, each.start): each for each in found}
    own = conn.execute("SELECT start FROM mentions WHERE text_id = ? AND own", [identity]).fetchone()
    rows = conn.execute(
        "SELECT kind, from_start, to_start FROM relations WHERE text_id = ? ORDER BY start, to_start, from_start, kind",
        [identity],
    )
    for kind, origin, to in rows:
        begins = origin if origin is not None else own and own[0]
        if ("references", to) in at and (origin is None or ("references", origin) in at):
            yield Tie(kind, at.get(("references", begins)), at["references", to])
    for figure in found:
        yield from _of_figure(figure, at)


def _of_figure(figure: Annotation, at: Mapping[tuple[str, int], Annotation]) -> Iterator[Tie]:
    for kind, family, field in (("reports_on", "references", "reports_on_start"), ("share_of", "figures", "share_of")):
        to = at.get((family, int(str(begins)))) if (begins := figure.fields.get(field)) is not None else None
        if to is not None and figure.family == "figures":
            yield Tie(kind, figure, to)
