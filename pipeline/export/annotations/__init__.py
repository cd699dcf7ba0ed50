"""What is found in texts, in the formats of annotation tools: files are written whole or not at all, each says where it comes from."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.export.annotations import brat, conll, labelstudio, webanno
from pipeline.export.annotations.tokens import has_words
from pipeline.export.provenance import Provenance, provenance
from pipeline.query.annotated import AnnotatedText, read_annotated
from pipeline.writing import WriteError, make_folder, replacing, write_whole


@dataclass(slots=True)
class Written:
    """What was written: files by name, texts, findings, and texts that were stored without words, whose tokens follow a rule."""

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
    FORMATS[form](_counted(read_annotated(conn, ids), done), origin, out, done)
    return done


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


def _docbin(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, done: Written) -> None:
    from pipeline.export.annotations.docbin import as_docbin  # noqa: PLC0415  (spaCy takes a second to import)

    write_whole(out, as_docbin(texts, origin))
    done.files.append(out)


def _conll(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, done: Written) -> None:
    _write_parts(out, (f"{line}\n" for line in conll.conll_lines(texts, origin.line())), done)
    _write_beside(out, origin, done)


def _webanno(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, done: Written) -> None:
    _write_parts(out, webanno.collection(texts, origin), done)


def _labelstudio(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, done: Written) -> None:
    _write_parts(out, labelstudio.tasks(texts, origin), done)
    config = out.with_name(f"{out.stem}.config.xml")
    write_whole(config, labelstudio.configuration())
    done.files.append(config)
    _write_beside(out, origin, done)


def _brat(texts: Iterable[AnnotatedText], origin: Provenance, out: Path, done: Written) -> None:
    """A folder of texts; one that holds annotations already is left alone, as they may be somebody's work."""
    make_folder(out)
    if any(out.glob("*.ann")):
        raise WriteError(f"{out} holds annotations already; name another folder")
    for text in texts:
        write_whole(out / f"{text.id}.txt", text.text)
        write_whole(out / f"{text.id}.ann", brat.ann(text))
    write_whole(out / "annotation.conf", brat.annotation_conf())
    done.files.append(out)
    _write_beside(out / NAME, origin, done)


NAME = "sohieu"
FORMATS: dict[str, Callable[[Iterable[AnnotatedText], Provenance, Path, Written], None]] = {
    "docbin": _docbin,
    "conll": _conll,
    "brat": _brat,
    "webanno": _webanno,
    "labelstudio": _labelstudio,
}


def _write_parts(out: Path, parts: Iterable[str], done: Written) -> None:
    with replacing(out) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
    done.files.append(out)


def _write_beside(out: Path, origin: Provenance, done: Written) -> None:
    """Where an export comes from, in a file beside it."""
    beside = out.with_name(f"{out.stem}.provenance.json")
    write_whole(beside, json.dumps(origin.told(), ensure_ascii=False, indent=1) + "\n")
    done.files.append(beside)
