"""sohieu export: tables, and a group in which graphs and citations stand beside them."""

from importlib import import_module
from pathlib import Path

import click

from pipeline.cli.common import database_option, reading
from pipeline.cli.output import form_of, nothing, say, spare
from pipeline.export.tables import DATABASES, FORMATS, SUFFIXES, TEXTUAL, Job, export_tables
from pipeline.query.tables import SOURCES
from pipeline.writing import STDOUT

ALL = "all"
MODULES = {"chain": "exporting_graphs", "citations": "exporting_citations", "graph": "exporting_graphs"}
"""What is no table, with the module of this package that holds it."""


class ExportGroup(click.Group):
    """Tables by their names, and the other things that are exported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names in order."""
        return sorted([*SOURCES, ALL, *MODULES])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """What exports that; None if there is nothing of that name."""
        if cmd_name in MODULES:
            command = getattr(import_module(f"pipeline.cli.{MODULES[cmd_name]}"), cmd_name)
            assert isinstance(command, click.Command)
            return command
        return _table_command(cmd_name) if cmd_name in (*SOURCES, ALL) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a usage error that lists all if there is none."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            ctx.fail(f"{args[0]!r} is not one of {', '.join(self.list_commands(ctx))}.")
        return super().resolve_command(ctx, args)


@click.group(cls=ExportGroup, epilog="Example: sohieu export mentions -o mentions.parquet")
def export() -> None:
    """Write tables, graphs and citations for other programs.

    docs/tables.md says what the columns hold, docs/exchange.md how formats are meant.
    """


def _table_command(name: str) -> click.Command:
    """The command of one table, or of all."""

    @click.command(
        name, epilog=f"Example: sohieu export {name} -o {'outputs/tables' if name == ALL else f'{name}.csv'}"
    )
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="The format, else by the suffix of the file; CSV without one.",
    )
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help="A file, or a folder that is there for a package with datapackage.json.",
    )
    @click.option("--bom", is_flag=True, help="Mark CSV as UTF-8 for Excel.")
    @database_option
    def command(form: str | None, output: Path | None, bom: bool, db: Path) -> None:
        names = tuple(SOURCES) if name == ALL else (name,)
        spare(db, output)
        chosen = form_of(form, output, SUFFIXES, "csv")
        _check(name, chosen, output, bom)
        with reading(db) as conn:
            source = export_tables(conn, Job(names, chosen, bom), output or STDOUT)
        if not any(source.counts.values()):
            nothing(f"{db} holds no {name.replace('-', ' ')}" if name != ALL else f"{db} holds nothing")
        if output is None:
            say(source)

    command.help = "Write all tables." if name == ALL else f"Write the table of {name.replace('-', ' ')}."
    return command


def _check(name: str, form: str, output: Path | None, bom: bool) -> None:
    """A usage error if the options do not go together."""
    if output is None and (name == ALL or form not in TEXTUAL):
        what = "all tables" if name == ALL else f"{form} files"
        raise click.UsageError(f"{what} cannot be shown on a terminal; name a file or folder with -o.")
    if output and form in DATABASES and output.is_dir():
        raise click.UsageError(f"{form} is one file, and {output} is a folder; name a file in it.")
    if output and name == ALL and form not in DATABASES and (output.is_file() or output.suffix):
        raise click.UsageError(f"all tables as {form} are a folder of files; name one with -o, without a suffix.")
    if bom and form != "csv":
        raise click.UsageError("--bom is for CSV.")
