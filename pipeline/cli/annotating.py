"""sohieu annotations."""

from pathlib import Path

import click

from pipeline.cli.common import MANY, database_option, printable, reading
from pipeline.cli.output import spare
from pipeline.writing import write_whole

FORMATS = ("docbin", "conll", "brat", "webanno", "labelstudio")


@click.command(epilog="Example: sohieu annotations tasks.json --format labelstudio --source nghe-an --limit 50")
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="The format of the annotations.")
@click.option("--texts", multiple=True, metavar="ID", help="A text by its id; may be given several times.")
@click.option("--source", metavar="WORDS", help="Texts with these words in their path.")
@click.option("--limit", type=click.IntRange(1, MANY), metavar="N", help="At most so many texts.")
@click.option(
    "--import",
    "back",
    type=click.Path(path_type=Path),
    help="Read back what people annotated: a file of Label Studio, a folder of brat.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --import: write a table of corrections.",
)
@click.option(
    "--gold",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --import: write gold annotations to this folder.",
)
@database_option
def annotations(
    out: Path | None,
    form: str,
    texts: tuple[str, ...],
    source: str | None,
    limit: int | None,
    back: Path | None,
    output: Path | None,
    gold: Path | None,
    db: Path,
) -> None:
    """Write what was found for annotation tools, and read back what people made of it (docs/annotations.md)."""
    if (out is None) == (back is None):
        raise click.UsageError("Name the file or folder to write, or with --import the one to read back.")
    if out:
        if output or gold:
            raise click.UsageError("-o and --gold go with --import.")
        spare(db, out)
        _export(out, form, texts, source, limit, db)
    elif back:
        spare(db, output)
        _import(back, form, output, gold, db)


def _export(out: Path, form: str, texts: tuple[str, ...], source: str | None, limit: int | None, db: Path) -> None:
    from pipeline.export.annotations import export
    from pipeline.query.annotated import choose_texts

    filters = {"texts": " ".join(texts), "source": source, "limit": str(limit or "")}
    with reading(db) as conn:
        ids = choose_texts(conn, texts, source, limit or -1)
        done = export(conn, ids, form, out, filters)
    names = ", ".join(printable(str(file)) for file in done.files)
    click.echo(f"{done.texts} texts with {done.annotations} annotations written to {names}", err=True)
    if done.wordless and form in ("docbin", "conll"):
        click.echo(
            f"{done.wordless} of them were stored without words and have simple tokens; 'sohieu ingest' without --words no adds words.",
            err=True,
        )


def _import(back: Path, form: str, output: Path | None, gold: Path | None, db: Path) -> None:
    from pipeline.annotated import READERS, AnnotationError, import_annotations, table, write_gold

    if form not in READERS:
        raise click.UsageError(f"What comes back is in the format {' or '.join(READERS)}.")
    with reading(db) as conn:
        try:
            done = import_annotations(conn, back, form, gold is not None)
        except AnnotationError as error:
            raise click.ClickException(str(error)) from error
    if gold:
        write_gold(gold, done)
    if output:
        write_whole(output, table(done))
    elif not gold:
        click.echo(table(done), nl=False)
    wrong = done.left_out(table=output is not None or gold is None)
    click.echo(f"{done.texts} annotated texts, {len(done.rows)} corrections, {len(wrong)} things left out", err=True)
    for sentence in wrong:
        click.echo(printable(sentence), err=True)
    if wrong:
        raise click.exceptions.Exit(1)
