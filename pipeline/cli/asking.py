"""sohieu lookup, search."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.common import database_option, json_option, print_table, printable, reading
from pipeline.query.lookup import Answer, DocumentRow, look_up
from pipeline.query.search import CLOSE, OPEN
from pipeline.query.search import search as find_passages


@click.command(epilog="Example: sohieu lookup 682 qd tu")
@click.argument("query", nargs=-1, required=True)
@database_option
@json_option
def lookup(query: tuple[str, ...], db: Path, as_json: bool) -> None:
    """Find a document by its number, however it is typed. Exit status 1 if there is none."""
    with reading(db) as conn:
        answer = look_up(conn, " ".join(query))
    if as_json:
        click.echo(json.dumps(_answer_json(answer), ensure_ascii=False))
    else:
        _print_answer(answer)
    if not answer.documents:
        raise click.exceptions.Exit(1)


def _answer_json(answer: Answer) -> dict[str, object]:
    documents = [{k: v for k, v in asdict(row).items() if k != "why"} for row in answer.documents]
    return {
        "query": answer.query,
        "documents": documents,
        "more": answer.more,
        "near": [asdict(row) for row in answer.near],
    }


def _print_answer(answer: Answer) -> None:
    if answer.documents:
        _print_documents(answer.documents)
    else:
        click.echo(f"No document fits {printable(answer.query)!r}.", err=True)
    if answer.more:
        click.echo(f"{answer.more:,} more fit; add the type, the issuer's code or the year.", err=True)
    if answer.near:
        click.echo("\nNear misses:", err=not answer.documents)
        _print_documents(answer.near)


def _print_documents(rows: Sequence[DocumentRow]) -> None:
    header = ["document", "type", "issued", "issuer", "place", "about", "cited", "id"]
    header += ["why"] if rows[0].why else []
    print_table(header, [_document_cells(row) for row in rows])


def _document_cells(row: DocumentRow) -> list[object]:
    name = row.symbol or f"{row.doc_type} {row.number}"
    cells: list[object] = [name, row.doc_type, row.issued, row.issuer, row.place, row.title, row.mentions, row.id]
    return cells + ([row.why] if row.why else [])


@click.command(epilog="Example: sohieu search 'sinh hoạt chi bộ'")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most passages.")
@database_option
@json_option
def search(words: tuple[str, ...], limit: int, db: Path, as_json: bool) -> None:
    """Find sentences that hold all words; without marks a word finds all its spellings."""
    with reading(db) as conn:
        found = find_passages(conn, " ".join(words), limit)
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
