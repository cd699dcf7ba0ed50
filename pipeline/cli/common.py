"""What commands share: the database option, reading it, printing tables."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size

import click

from pipeline.query.database import QueryError, open_readonly
from pipeline.query.typed import is_day
from pipeline.trouble import about_damage

MANY = 10**9
"""The largest number that is taken for one of texts or citations; SQLite takes no more than 2**63."""
DEFAULT_DB = Path("outputs/sohieu.db")

database_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_DB,
    envvar="SOHIEU_DB",
    show_default=True,
    help="The database.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


class DayType(click.ParamType[str]):
    """A year, a month or a day that exists."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value as it is; a usage error if there is no such year, month or day."""
        text = str(value)
        if not is_day(text):
            self.fail(f"{text!r} is no year, month or day; write 2020, 2020-03 or 2020-03-01", param, ctx)
        return text


WHOLE = ("id", "document_id", "text_id", "document", "symbol", "issued", "cited", "mentions", "from", "to", "family")
"""Columns that a narrow terminal must not break: what one copies from."""
NARROW, FEW = 120, 4
"""A terminal of fewer columns shows tables of more than a few columns as records."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database for a command; what goes wrong is one sentence."""
    with asking(path), open_readonly(path) as conn:
        yield conn


@contextmanager
def asking(path: Path) -> Iterator[None]:
    """Make one sentence of what goes wrong with a database, also where its rows are such that the program fails over them."""
    try:
        yield
    except QueryError as error:
        raise click.ClickException(str(error)) from error
    except (click.ClickException, click.exceptions.Exit, click.Abort, OSError, UnicodeEncodeError):
        raise
    except Exception as error:
        if what := _damage(path):
            raise click.ClickException(what) from error
        raise


def _damage(path: Path) -> str | None:
    """The sentence for a damaged database; None if it is sound, and the fault is the program's."""
    from pipeline.integrity import is_damaged

    try:
        what = is_damaged(path)
    except QueryError:
        return None
    return about_damage(path, what) if what else None


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on a terminal, tab-separated lines elsewhere; control characters never reach either."""
    cells = [[_cell(value) for value in row] for row in rows]
    if not sys.stdout.isatty():
        for line in [list(header), *cells]:
            click.echo("\t".join(line))
        return
    width = get_terminal_size().columns
    if width < NARROW and len(header) > FEW:
        _print_records(header, cells)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    for name in header:
        table.add_column(name, no_wrap=name in WHOLE, overflow="fold")
    for line in cells:
        table.add_row(*(Text(cell) for cell in line))
    Console().print(table)


def _print_records(header: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """One record below the other: what one copies from on the first line, what one reads below it."""
    for line in cells:
        named = [(name, cell) for name, cell in zip(header, line, strict=True) if cell]
        click.echo("  ".join(click.style(cell, bold=name != "id") for name, cell in named if name in WHOLE))
        for name, cell in named:
            if name not in WHOLE:
                click.echo(f"    {name}: {cell}")


def printable(text: str) -> str:
    """Text on one line without control characters, which could drive a terminal."""
    return " ".join("".join(char if char.isprintable() or char.isspace() else "\ufffd" for char in text).split())


def _cell(value: object) -> str:
    return "" if value is None else printable(str(value))
