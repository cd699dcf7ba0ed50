"""The group of commands. Commands are imported when they are called: `sohieu --version` needs none of them."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from pipeline.trouble import NO_ROOM, about_file
from pipeline.version import VERSION
from pipeline.writing import WriteError

COMMANDS = {
    "annotations": "annotating",
    "check": "checks",
    "compare": "comparing",
    "correct": "correcting",
    "export": "exporting",
    "extract": "extracting",
    "ingest": "ingesting",
    "lookup": "asking",
    "merge": "sharing",
    "score": "scoring",
    "search": "asking",
    "serve": "serving",
    "show": "showing",
    "timeline": "listing",
    "totals": "counting",
}
"""Names of commands with the module of this package that holds them."""


class LazyGroup(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"pipeline.cli.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that has gone away ("| head") is no failure, which click takes it for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None


@click.group(cls=LazyGroup, epilog="Example: sohieu ingest corpus/texts && sohieu lookup '682 qd tu'")
@click.version_option(VERSION, prog_name="sohieu")
def cli() -> None:
    """Find document references, dates, units and figures in Vietnamese party and state texts."""


def main() -> None:
    """Run the command; whatever goes wrong is one sentence on standard error and a status that says so."""
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (where the caller has closed a stream, >&-)
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    try:
        status = cli.main(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.Abort:
        click.echo("Interrupted; run the same command again to go on.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except WriteError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except UnicodeEncodeError as error:
        click.echo(
            f"Error: the terminal's encoding {error.encoding} cannot show this; set PYTHONIOENCODING=utf-8", err=True
        )
        sys.exit(1)
    except OSError as error:
        name = error.filename or "the output"
        full = error.errno in NO_ROOM
        click.echo(
            f"Error: {about_file(Path(name), error) if full else f'{name}: {error.strerror or error}'}", err=True
        )
        sys.exit(1)
