"""sohieu serve."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import asking, database_option

if TYPE_CHECKING:
    from pipeline.web.site import Edit

NOT_NOW = "the database cannot be written now; try again in a few minutes, or ask whoever looks after it"


@click.command(epilog="Example: sohieu serve --port 8001")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for the whole network."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="The port to listen on.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en"]),
    default="vi",
    envvar="SOHIEU_LANG",
    show_default=True,
    help="The first language.",
)
@click.option("--edit", is_flag=True, help="Take corrections; elsewhere than on this machine only with a token.")
@click.option(
    "--token", envvar="SOHIEU_TOKEN", help="What people must type before they correct; needed with --edit on a network."
)
@database_option
def serve(host: str, port: int, language: str, edit: bool, token: str | None, db: Path) -> None:
    """Serve the look-up pages: documents, texts, timeline, checks, and every table."""
    with asking(db):
        from pipeline.web.server import LOOPBACK, Options, ServeError
        from pipeline.web.server import serve as serve_pages

        if edit and host not in LOOPBACK and not token:
            raise click.UsageError(
                f"corrections are taken at {host!r} only with a token; give one with --token or SOHIEU_TOKEN"
            )
        options = Options(language, correcting(db) if edit else None, token)
        try:
            serve_pages(db, host, port, options, lambda address: click.echo(f"Open {address} (Ctrl-C stops)"))
        except ServeError as error:
            raise click.ClickException(str(error)) from error


def correcting(db: Path) -> "Edit":
    """What stores corrections: rows as `sohieu correct` reads them from a table."""
    from pipeline.correct import correct_rows
    from pipeline.store import StoreError
    from pipeline.web.site import Edited

    def edit(rows: list[dict[str, str]]) -> Edited:
        try:
            done = correct_rows(
                [(line, {name: _as_stored(row[name]) for name in row}) for line, row in enumerate(rows, 1)], db
            )
        except StoreError as error:
            click.echo(str(error), err=True)
            return Edited(0, (NOT_NOW,))
        return Edited(done.applied + done.undone, tuple(sentence.partition(": ")[2] for sentence in done.wrong))

    return edit


def _as_stored(typed: str) -> str:
    """What a form sends, as texts are stored: it ends lines in two characters."""
    from pipeline.corrections import composed

    return composed(typed.replace("\r\n", "\n"))
