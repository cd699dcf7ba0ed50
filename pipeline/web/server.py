"""Opens the database for reading and serves the pages."""

import asyncio
import socket
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, cast

import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from pipeline.query.database import check_current, connect
from pipeline.web.pages.correct import LOOPBACK
from pipeline.web.routes import Plugin
from pipeline.web.site import DATABASE, Options

SETTINGS = {
    "allow_download": False,
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 2000,
    "num_sql_threads": 4,
}

LONGEST = 500_000
"""Bytes of an address with its headers, as a pasted list stands in it."""


PATIENCE = 2
"""Seconds that answers under way are waited for when the server is stopped."""


LARGEST = 256_000_000
"""Bytes of the largest value that a question may make: the text of a file of 64 MB, which is the largest one, in an old encoding."""
HIDDEN = ("database_list", "query_only")
"""Pragmas that tell where the database lies, and that would let it be written."""


class ServeError(Exception):
    """The pages cannot be served; the message says why and what to do."""


class ReadOnly(Database):  # type: ignore[misc]
    """The database, opened as the commands open it, which writes nothing whatever is asked; the file that lies at its path now."""

    def __init__(self, datasette: Datasette, path: Path) -> None:
        super().__init__(datasette, path=str(path), is_mutable=True)
        self._mine = threading.local()

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection of its own for a thread; never one that writes."""
        if write:
            raise sqlite3.OperationalError("the pages only read")
        conn = connect(Path(self.path), one_thread=False)
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        conn.set_authorizer(_allowed)
        self._all_file_connections.append(conn)
        return conn

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """What `fn` finds, in a thread with a connection of its own; OSError where there is no file."""
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, lambda: fn(self._current()))

    def _current(self) -> sqlite3.Connection:
        """The connection of this thread, opened anew where another file took the place of the one it reads."""
        status = Path(self.path).stat()
        kept, seen = getattr(self._mine, "kept", None), (status.st_dev, status.st_ino)
        if kept and kept[0] != seen:
            self._all_file_connections.remove(kept[1])
            kept[1].close()
            kept = self._mine.kept = None
        if not kept:
            conn = self.connect()
            self.ds._prepare_connection(conn, self.name)
            kept = self._mine.kept = (seen, conn)
        return cast(sqlite3.Connection, kept[1])

    async def foreign_keys_for_table(self, table: str) -> list[dict[str, str]]:
        """Keys that lead to other tables; where SQLite leaves open to which column, that is the id."""
        keys = await super().foreign_keys_for_table(table)
        return [{**key, "other_column": key["other_column"] or "id"} for key in keys]


def _allowed(action: int, what: str | None, *_: str | None) -> int:
    """Whether a question may do something: no file is named or joined, and what may be done is not widened."""
    if action == sqlite3.SQLITE_PRAGMA and (what or "").lower() in HIDDEN:
        return sqlite3.SQLITE_IGNORE
    return sqlite3.SQLITE_DENY if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH) else sqlite3.SQLITE_OK


def site(path: Path, options: Options) -> Datasette:
    """The pages over the database at `path`; QueryError if it cannot be read or is of another version."""
    check_current(path)
    _register()
    datasette = Datasette(
        settings=SETTINGS, template_dir=str(Path(__file__).parent / "templates"),
        metadata={"title": "sohieu", "databases": {DATABASE: {"description": "Every table of the database: filters, facets, CSV and JSON."}}},
    )  # fmt: skip
    datasette.remove_database("_memory")
    datasette.add_database(ReadOnly(datasette, path), name=DATABASE)
    datasette._sohieu = options
    return datasette


def _register() -> None:
    """The pages as a plugin, before there is a Datasette to ask it."""
    if not pm.has_plugin(Plugin.__name__):
        pm.register(Plugin(), name=Plugin.__name__)
        pm.unregister(name="datasette.handle_exception")  # it prints tracebacks with all that was read


def serve(path: Path, host: str, port: int, options: Options, ready: Callable[[str], None]) -> None:
    """Serve until stopped, and tell the address first.

    ServeError if the port is taken or the host is not this machine's, QueryError as `site`.
    """
    pages = site(path, options)
    with closing(_listen(host, port)) as listening:
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        config = uvicorn.Config(
            pages.app(), log_level="warning", lifespan="on", access_log=False, h11_max_incomplete_event_size=LONGEST, http="h11",
            timeout_graceful_shutdown=PATIENCE,
        )  # fmt: skip
        with suppress(KeyboardInterrupt):  # which is how it is stopped
            uvicorn.Server(config).run(sockets=[listening])
        for conn in pages.get_database(DATABASE)._all_file_connections:
            conn.interrupt()


def _listen(host: str, port: int) -> socket.socket:
    if not host.strip():
        raise ServeError("no address is named; name one of this machine with --host, such as 127.0.0.1")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise ServeError(f"{host} is no address; name one of this machine with --host, such as 127.0.0.1") from error
    family, kind, protocol, _, address = found[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        if isinstance(error, PermissionError):
            raise ServeError(f"port {port} may not be used by you; name one above 1023 with --port") from error
        raise ServeError(
            f"{host}:{port} cannot be listened on ({error.strerror}); stop what does, or name another with --port"
        ) from error
    return listening


__all__ = ["LOOPBACK", "Options", "ServeError", "serve", "site"]
