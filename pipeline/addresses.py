"""Texts that lie elsewhere: any address that fsspec knows, such as s3://bucket/folder (https://filesystem-spec.readthedocs.io)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from pipeline.document import ReadError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

SEPARATOR = "://"


class AddressError(Exception):
    """An address cannot be listed; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at an address, with its size in bytes and what tells one content of it from another."""

    address: str
    size: int
    stamp: str = ""

    def read(self, most: int) -> bytes:
        """Its first `most` bytes; ReadError if it cannot be had."""
        try:
            system, path = _system(self.address)
            with system.open(path, "rb") as file:
                return bytes(file.read(most))
        except FileNotFoundError as error:
            raise ReadError("missing", "does not exist; remove it from the list or restore it") from error
        except PermissionError as error:
            raise ReadError("permission", "may not be read; change its permissions") from error
        except Exception as error:  # each kind of storage has its own
            raise ReadError("io", f"cannot be read ({_short(error)}); try again") from error


def is_address(path: object) -> bool:
    """Whether an argument is an address and no path."""
    return isinstance(path, str) and SEPARATOR in path


def public(address: str) -> str:
    """An address without the password in it, as it is stored and shown.

    >>> public("ftp://an:secret@host/folder/")
    'ftp://host/folder'
    """
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])).rstrip("/")


def is_folder(address: str) -> bool:
    """Whether an address is no single file; AddressError if that cannot be told."""
    with _saying(address):
        system, path = _system(address)
        return not system.isfile(path.rstrip("/"))


def list_address(address: str) -> tuple[bool, Iterator[tuple[str, RemoteFile]]]:
    """Whether an address is a folder, and its files with their paths in it, hidden ones left out; AddressError if it cannot be listed."""
    with _saying(address):
        system, path = _system(address)
        found = system.find(path, detail=True)
        if not found and not system.exists(path):
            raise FileNotFoundError("there is nothing")
    return path.rstrip("/") not in found, _files(address, path.rstrip("/"), found)


@contextmanager
def _saying(address: str) -> Iterator[None]:
    """Make one sentence of what goes wrong with an address."""
    try:
        yield
    except ImportError as error:
        raise AddressError(f"{public(address)} needs another package ({_short(error)}); install it") from error
    except Exception as error:
        reason = f"cannot be listed ({_short(error)}); look whether the address and your access to it are right"
        raise AddressError(f"{public(address)} {reason}") from error


def _files(address: str, path: str, found: dict[str, dict[str, object]]) -> Iterator[tuple[str, RemoteFile]]:
    base = path if path not in found else path.rpartition("/")[0]
    start = address.rstrip("/").removesuffix(path.removeprefix(base))
    for name in sorted(found):
        inside = name.removeprefix(base).lstrip("/")
        if not any(part.startswith(".") for part in inside.split("/")):
            info = found[name]
            stamp = next(
                (str(info[key]) for key in ("ETag", "mtime", "LastModified", "last_modified") if info.get(key)), ""
            )
            yield inside, RemoteFile(f"{start}/{inside}", int(str(info.get("size") or 0)), stamp)


def _system(address: str) -> "tuple[AbstractFileSystem, str]":
    from fsspec.core import url_to_fs  # noqa: PLC0415  (only addresses need it)

    found: tuple[AbstractFileSystem, str] = url_to_fs(address)
    return found


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
