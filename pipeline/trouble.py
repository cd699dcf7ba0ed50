"""What is wrong with a file that cannot be used, as one sentence that names it and says what to do."""

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

AGAIN = "run the same command again"
CHECK = "'sohieu check integrity --db {path}' says what can be saved"
FULL = f"has no room left on its disk; free some space and {AGAIN}"
CLOSED = "cannot be opened or written; change its permissions and those of its folder, or name another file with --db"
LOCKED = f"is locked by another process; wait for it to end and {AGAIN}, or name another file with --db"
LEFT_OPEN = (
    "was left by a run that was killed and cannot be put right in a folder that cannot be written; copy it, with the files "
    "beside it whose names begin like its own, to a folder that can"
)
DAMAGED = f"is damaged ({{error}}); {CHECK}"
SAYS = {
    "SQLITE_FULL": f"or the folder of temporary files (SQLITE_TMPDIR) {FULL}",
    "SQLITE_IOERR": f"could not be read or written ({{error}}); look whether its disk is full or failing, or how large files may grow is "
    f"limited, and {AGAIN}",
    "SQLITE_NOTADB": f"is not a SQLite database, or its beginning is destroyed; {CHECK}, or name another file with --db",
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_CONSTRAINT": DAMAGED,
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_PROTOCOL": LOCKED,
    "SQLITE_READONLY_RECOVERY": LEFT_OPEN,
    "SQLITE_READONLY_ROLLBACK": LEFT_OPEN,
    "SQLITE_READONLY": CLOSED,
    "SQLITE_CANTOPEN": CLOSED,
}
"""How names of SQLite's errors begin, with what is said of the database; the first that fits holds."""
SIGNS = ("no such ", "Could not decode to UTF-8")
"""Errors without a name of their own that a sound database of this version never gives."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def about_database(path: Path, error: Exception) -> str:
    """What is wrong with the database at `path`, by the error that SQLite or the system gave."""
    if isinstance(error, OSError):
        return about_file(path, error)
    name = getattr(error, "sqlite_errorname", "")
    says = next((says for begins, says in SAYS.items() if name.startswith(begins)), "")
    if says == CLOSED and log_of(path).exists():
        says = LEFT_OPEN
    if not says:
        signs = any(sign in str(error) for sign in SIGNS)
        says = DAMAGED if signs else "cannot be used ({error}); name another file with --db"
    return f"{path} {says.format(error=error, path=path)}"


@contextmanager
def quoting() -> Iterator[None]:
    """Damage that SQLite quotes in bytes which are no UTF-8, as its error; Python fails over the quotation."""
    try:
        yield
    except UnicodeDecodeError as error:
        damage = sqlite3.DatabaseError(error.object.decode("utf-8", "replace"))
        damage.sqlite_errorname = "SQLITE_CORRUPT"
        raise damage from error


def log_of(path: Path) -> Path:
    """Where SQLite keeps what is not yet in the database itself."""
    real = path.resolve()
    return real.with_name(f"{real.name}-wal")


def about_file(path: Path, error: OSError) -> str:
    """What is wrong with a file that was to be written.

    >>> about_file(Path("x.csv"), OSError(errno.ENOSPC, "No space left on device"))
    'x.csv has no room left on its disk; free some space and run the same command again'
    """
    if error.errno in NO_ROOM:
        return f"{path} {FULL}"
    what = "change the permissions, or name another file" if error.errno in FORBIDDEN else "name another file"
    return f"{path} cannot be written ({error.strerror or error}); {what}"


def about_later(path: Path, migrations: Iterable[str]) -> str:
    """The sentence for a database that holds what this version does not know."""
    return f"{path} was written by a later version ({', '.join(sorted(migrations))}); update sohieu"


def about_damage(path: Path, found: object) -> str:
    """The sentence for a database that SQLite reads, but that does not hold what it must."""
    return f"{path} {DAMAGED.format(error=found, path=path)}"
