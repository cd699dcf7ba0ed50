"""sohieu lookup, search."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click

from pipeline.cli.common import DayType, database_option, json_option, print_table, printable, reading
from pipeline.query.lookup import Answer, look_up, look_up_lines
from pipeline.query.matching import DocumentRow, symbol_or_number
from pipeline.query.search import CLOSE, OPEN, Within
from pipeline.query.search import search as find_passages

HEADER = ["document", "type", "issued", "issuer", "place", "about", "cited", "id"]
LABELS = {"place": "place", "issued": "date", "issuer": "issuer", "doc_type": "type", "title": "subject"}
MOST_TYPED = 1_000_000
"""Characters of a list that are read."""
FEW = 5
"""Documents that are shown for one line of a list."""


@click.command(epilog="Example: sohieu lookup 682 qd tu")
@click.argument("query", nargs=-1)
@click.option(
    "--list",
    "pasted",
    type=click.File(encoding="utf-8", errors="replace"),
    help="A file of queries, one a line; '-' is standard input.",
)
@database_option
@json_option
def lookup(query: tuple[str, ...], pasted: TextIO | None, db: Path, as_json: bool) -> None:
    """Find a document by its number, however it is typed, or by issuer, place, year and subject.

    Several lines are a list with an answer for each. Exit status 1 if one has none.
    """
    if bool(query) == (pasted is not None):
        raise click.UsageError("Type what to look up, or name a list with --list.")
    typed = pasted.read(MOST_TYPED) if pasted else " ".join(query)
    with reading(db) as conn:
        answers = look_up_lines(conn, typed) or [look_up(conn, typed)]
    listed = pasted is not None or len(answers) > 1
    if as_json:
        told = [answer.told() for answer in answers]
        click.echo(json.dumps(told if listed else told[0], ensure_ascii=False))
    elif listed:
        _print_list(answers)
    else:
        _print_answer(answers[0])
    if not all(answer.documents for answer in answers):
        raise click.exceptions.Exit(1)


def _print_answer(answer: Answer) -> None:
    if answer.documents:
        _print_documents(answer.documents)
    else:
        click.echo(f"No document fits {printable(answer.query)!r}.", err=True)
    if answer.more:
        click.echo(f"{answer.more:,} more fit; add the type, the issuer's code or the year.", err=True)
    elif answer.apart and len({row.symbol for row in answer.documents}) == 1:
        fields = ", ".join(LABELS[name] for name in answer.apart)
        click.echo(f"{len(answer.documents)} documents bear this number; what tells them apart: {fields}.", err=True)
    if answer.near:
        click.echo("\nNear misses:", err=not answer.documents)
        _print_documents(answer.near)


def _print_list(answers: Sequence[Answer]) -> None:
    """A table of the answers to a list: a row for each document, and for each line that has none."""
    rows: list[list[object]] = []
    for answer in answers:
        count = len(answer.documents) + answer.more
        rows += [[answer.query, count, *_document_cells(row)] for row in answer.documents[:FEW]]
        rows += [[answer.query, 0, *[None] * len(HEADER)]] if not count else []
    print_table(["line", "found", *HEADER], rows)


def _print_documents(rows: Sequence[DocumentRow]) -> None:
    print_table([*HEADER, *["why"] * bool(rows[0].why)], [_document_cells(row) for row in rows])


def _document_cells(row: DocumentRow) -> list[object]:
    name = symbol_or_number(row.symbol, row.doc_type, row.number)
    cells: list[object] = [name, row.doc_type, row.issued, row.issuer, row.place, row.title, row.mentions, row.id]
    return cells + ([row.why] if row.why else [])


@click.command(epilog="Example: sohieu search 'sinh hoạt chi bộ' --place 'Thái Bình' --from 2021")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most passages.")
@click.option("--source", help="Only files whose path holds this.")
@click.option("--place", help="Only texts of this province.")
@click.option("--from", "since", type=DayType(), help="Only texts published on or after this day, month or year.")
@click.option("--to", "until", type=DayType(), help="Only texts published on or before it.")
@database_option
@json_option
def search(
    words: tuple[str, ...],
    limit: int,
    source: str | None,
    place: str | None,
    since: str | None,
    until: str | None,
    db: Path,
    as_json: bool,
) -> None:
    """Find sentences that hold all words; without marks a word finds all its spellings, 'quy*' words that begin so."""
    within = Within(source, place, since, until)
    with reading(db) as conn:
        found = find_passages(conn, " ".join(words), limit, within)
    if as_json:
        passages = [{**asdict(p), "snippet": p.snippet.replace(OPEN, "").replace(CLOSE, "")} for p in found]
        click.echo(json.dumps({"query": " ".join(words), "passages": passages}, ensure_ascii=False))
    elif found:
        rows = [
            (p.snippet.replace(OPEN, "[").replace(CLOSE, "]"), p.title, p.published, p.path, p.text_id) for p in found
        ]
        print_table(["passage", "title", "published", "path", "id"], rows)
    if not found:
        click.echo(f"No passage holds {printable(' '.join(words))!r}.", err=True)
        raise click.exceptions.Exit(1)
