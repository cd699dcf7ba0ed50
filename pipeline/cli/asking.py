"""sohieu lookup, search, show."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.common import database_option, json_option, print_table, printable, reading
from pipeline.query.lookup import Answer, DocumentRow, look_up
from pipeline.query.search import CLOSE, OPEN
from pipeline.query.search import search as find_passages
from pipeline.query.show import Citation, DocumentPage, Mark, TextPage, show_document, show_text

FORWARD = {
    "based_on": "căn cứ", "implements": "thực hiện", "guides": "hướng dẫn", "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế", "repeals": "bãi bỏ", "cites": "dẫn chiếu", "reviews": "sơ kết, tổng kết",
}  # fmt: skip
BACKWARD = {
    "based_on": "là căn cứ của", "implements": "được thực hiện bởi", "guides": "được hướng dẫn bởi",
    "amends": "được sửa đổi, bổ sung bởi", "replaces": "bị thay thế bởi", "repeals": "bị bãi bỏ bởi",
    "cites": "được dẫn chiếu trong", "reviews": "được sơ kết, tổng kết bởi",
}  # fmt: skip
"""Kinds of relation in the words of legal portals, from the document that acts and from the one acted on."""


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


@click.command(epilog="Example: sohieu show d-1a2b3c4d5e6f")
@click.argument("identity", metavar="ID")
@database_option
def show(identity: str, db: Path) -> None:
    """Show a document (d-…) with what texts say of it, or a text (t-…) with its marks."""
    with reading(db) as conn:
        if identity.startswith("t-"):
            _print_text(show_text(conn, identity))
        else:
            _print_document(show_document(conn, identity))


def _print_document(page: DocumentPage) -> None:
    row = page.document
    for name, value in (
        ("document", row.symbol or f"{row.doc_type} {row.number}"),
        ("type", row.doc_type),
        ("issued", row.issued),
        ("issuer", row.issuer),
        ("place", row.place),
        ("about", row.title),
        ("text held", row.held),
        ("cited", row.mentions),
    ):
        click.echo(f"{name + ':':<11}{printable(str(value)) if value is not None else 'not said'}")
    click.echo("\nWhat texts say:")
    for claim in page.claims:
        click.echo(f"  {claim.field}: {printable(claim.value)} ({claim.mentions})")
    if page.relations:
        click.echo("\nRelations:")
    for related in page.relations:
        kind = (FORWARD if related.forward else BACKWARD)[related.kind]
        click.echo(f"  {kind} {printable(related.name)} ({related.id}, in {', '.join(related.texts)})")
    if page.figures:
        click.echo("\nWhat came of it:")
    for figure in page.figures:
        by = f" by {printable(figure.done_by)}" if figure.done_by else ""
        click.echo(f"  {printable(figure.surface)}{by} (in {figure.text_id})")
    click.echo("\nWhere it is cited:")
    for citation in page.citations:
        _print_citation(citation)


def _print_citation(citation: Citation) -> None:
    words = printable(f"…{citation.before}[{citation.surface}]{citation.after}…")
    click.echo(
        f"  {printable(citation.path)} ({citation.published or 'no date'}, {citation.text_id}, by {citation.rule})\n    {words}"
    )


def _print_text(page: TextPage) -> None:
    place, day = page.province or "place unknown", page.published or "no date"
    click.echo(f"{printable(page.title or 'without title')}\n{printable(page.path)}, {day}, {place}\n")
    click.echo(_marked(page.text, page.marks))
    click.echo()
    print_table(["from", "to", "family", "printed", "read as"], [
        (mark.start, mark.end, mark.family, page.text[mark.start : mark.end], mark.note) for mark in page.marks
    ])  # fmt: skip


def _marked(text: str, marks: Sequence[Mark]) -> str:
    """The text with references in square brackets."""
    parts, at = [], 0
    for mark in marks:
        if mark.family == "reference" and mark.start >= at:
            parts += [text[at : mark.start], "[", text[mark.start : mark.end], "]"]
            at = mark.end
    lines = "".join([*parts, text[at:]]).split("\n")
    return "\n".join(printable(line) for line in lines)
