"""What is found in texts, in the formats of annotation tools: files are written whole or not at all, each says where it comes from."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path

from pipeline.export.annotations import brat, conll, labelstudio, webanno
from pipeline.export.annotations.tokens import has_words
from pipeline.export.files import about, say_beside
from pipeline.export.provenance import Provenance, provenance
from pipeline.export.uris import REMEMBERED, uri_of
from pipeline.query.annotated import AnnotatedText, read_annotated
from pipeline.query.matching import rows_of
from pipeline.writing import Together, WriteError, is_stream, make_folder, opened, together

UriOf = webanno.UriOf


@dataclass(slots=True)
class Written:
    """What was written: texts, findings, and texts that were stored without words, whose tokens follow a rule; the files of it."""

    files: list[Path] = field(default_factory=list)
    texts: int = 0
    annotations: int = 0
    wordless: int = 0


def export(
    conn: sqlite3.Connection, ids: Sequence[str], form: str, out: Path, filters: Mapping[str, str | None]
) -> Written:
    """Write the texts with these ids to `out` in a format of `FORMATS`; WriteError if that cannot be."""
    done = Written()
    counts = {"texts": len(ids), "annotations": _count(conn, ids)}
    origin = provenance(conn, {**filters, "format": form}, counts)
    if not out.parent.is_dir():
        raise WriteError(f"{out.parent} is no folder; make it first or name another place")
    with together() as files:
        FORMATS[form](_counted(read_annotated(conn, ids), done), origin, out, files, _uris(conn))
        done.files += [out] if out.is_dir() else files.paths
    return done


def _uris(conn: sqlite3.Connection) -> UriOf:
    """What gives the address of a document by its id; KeyError if there is none of that id."""

    @lru_cache(REMEMBERED)
    def uri(identity: str) -> str:
        found = {row.id: row for row in rows_of(conn, [identity])}
        return uri_of(found[identity])

    return uri


def _count(conn: sqlite3.Connection, ids: Sequence[str]) -> int:
    query = " + ".join(
        f"(SELECT count(*) FROM {table} WHERE text_id = :id)"
        for table in ("mentions", "dates", "unit_mentions", "figures")
    )
    return sum(conn.execute(f"SELECT {query}", {"id": identity}).fetchone()[0] for identity in ids)


def _counted(texts: Iterable[AnnotatedText], done: Written) -> Iterable[AnnotatedText]:
    for text in texts:
        done.texts += 1
        done.annotations += len(text.annotations)
        done.wordless += not has_words(text)
        yield text


def _docbin(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, files: Together, _: UriOf) -> None:
    from pipeline.export.annotations.docbin import as_docbin  # noqa: PLC0415  (spaCy takes a second to import)

    files.put(out, as_docbin(texts, origin))


def _conll(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, files: Together, _: UriOf) -> None:
    _put_parts(files, out, (f"{line}\n" for line in conll.conll_lines(texts, origin.line())))
    say_beside(files, out, about(out.name, origin))


def _webanno(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, files: Together, uri_of: UriOf) -> None:
    _put_parts(files, out, webanno.collection(texts, origin, uri_of))


def _labelstudio(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, files: Together, _: UriOf) -> None:
    _put_parts(files, out, labelstudio.tasks(texts, origin))
    if not is_stream(out):
        files.put(out.with_name(f"{out.stem}.config.xml"), labelstudio.configuration())
    say_beside(files, out, about(out.name, origin))


def _brat(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, files: Together, _: UriOf) -> None:
    """A folder of texts; one that holds annotations already is left alone, as they may be somebody's work."""
    make_folder(out)
    if any(out.glob("*.ann")):
        raise WriteError(f"{out} holds annotations already; name another folder")
    for text in texts:
        files.put(out / f"{text.id}.txt", text.text)
        files.put(out / f"{text.id}.ann", brat.ann(text))
    files.put(out / "annotation.conf", brat.annotation_conf())
    say_beside(files, out / NAME, about(".", origin))


NAME = "sohieu"
FORMATS: dict[str, Callable[[Iterable[AnnotatedText], Provenance, Path, Together, UriOf], None]] = {
    "docbin": _docbin,
    "conll": _conll,
    "brat": _brat,
    "webanno": _webanno,
    "labelstudio": _labelstudio,
}


def _put_parts(files: Together, out: Path, parts: Iterable[str]) -> None:
    with TextIOWrapper(opened(files.file(out)), "utf-8", newline="\n") as file:
        file.writelines(parts)
