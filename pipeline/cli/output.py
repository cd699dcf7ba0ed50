"""Where commands that export write to: a file or the terminal, never the database itself; and what they say if there is nothing to write."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from pipeline.cli.common import printable
from pipeline.export.files import write_export
from pipeline.export.provenance import Provenance
from pipeline.query.suggest import Unknown
from pipeline.writing import is_stream

Form = TypeVar("Form", bound=str)


def form_of(form: Form | None, output: Path | None, suffixes: Mapping[str, Form], usual: Form) -> Form:
    """The format that is asked for, else that of the file's suffix, else the usual one; a usage error for a suffix of none."""
    suffix = output.suffix.lower() if output else ""
    if form is None and suffix not in (*suffixes, "") and output and not is_stream(output):
        known = ", ".join(suffixes)
        raise click.UsageError(f"{suffix!r} is the suffix of no format; use one of {known}, or name it with --format.")
    return form or suffixes.get(suffix, usual)


def spare(db: Path, output: Path | None) -> None:
    """A usage error if the file to write is the database itself."""
    if output and output.exists() and db.exists() and output.samefile(db):
        raise click.UsageError(f"{output} is the database itself; name another file with -o.")


def deliver(content: bytes, output: Path | None, source: Provenance, apart: Mapping[str, object] | None) -> None:
    """Write an export to a file, with `apart` in one beside it if that is given, or to the terminal."""
    if output:
        write_export(output, content, source, apart)
    else:
        click.echo(content, nl=False)
        say(source)


def say(source: Provenance) -> None:
    """Where an export comes from that went to the terminal, on standard error."""
    click.echo(printable(source.line()), err=True)


def nothing(what: str, likely: Sequence[Unknown] = ()) -> NoReturn:
    """Say in a line that there is nothing to write, and what may have been meant; exit status 1."""
    click.echo(" ".join([f"{what}; nothing was written.", *map(_meant, likely)]), err=True)
    raise click.exceptions.Exit(1)


def _meant(unknown: Unknown) -> str:
    like = f"; did you mean {' or '.join(map(repr, unknown.like))}?" if unknown.like else "."
    where = " in its subject" if unknown.name == "word" else ""
    return f"No document has the {unknown.name} {printable(unknown.said)!r}{where}{like}"
