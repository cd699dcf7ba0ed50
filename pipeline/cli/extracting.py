"""sohieu extract."""

import json
from pathlib import Path

import click

from pipeline.document import ReadError
from pipeline.files import FileItem
from pipeline.report import report
from pipeline.stages import MAX_BYTES, analyse_bytes, load


@click.command(epilog="Example: sohieu extract corpus/texts/a-01.txt")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--max-bytes", type=click.IntRange(min=1), default=MAX_BYTES, show_default=True, help="Largest file.")
def extract(files: tuple[Path, ...], max_bytes: int) -> None:
    """Print one JSON object a file, in the order given; no database is touched."""
    failed = False
    for file in files:
        try:
            if file.is_dir():
                raise ReadError(
                    "folder", "is a folder; name its files, or bring it into a database with 'sohieu ingest'"
                )
            content = load(FileItem(str(file.parent), str(file), file, whole_folder=False), max_bytes)
            found = report(analyse_bytes(content, str(file), words=False), str(file))
        except ReadError as error:
            failed = True
            found = {"path": str(file), "error": str(error)}
            click.echo(f"{file} {error}", err=True)
        click.echo(json.dumps(found, ensure_ascii=False))
    if failed:
        raise click.exceptions.Exit(1)
