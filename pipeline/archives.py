"""Files within files: the members of zips, of zips in zips, and what mails bring along. Nothing is unpacked to disk."""

import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from functools import lru_cache
from io import BytesIO
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from struct import error as StructError
from struct import unpack
from typing import TypeVar
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from pipeline.addresses import RemoteFile
from pipeline.document import ReadError, storable

ZIPS, MAILS = (".zip",), (".eml",)
"""Suffixes of files that hold others; a mail is a text as well."""
MOST_DEPTH = 3
"""Zips and mails within one another that are opened."""
MOST_MEMBERS = 100_000
"""Files in one zip, or parts of one mail."""
MOST_BYTES = 64_000_000
"""Bytes of a mail, or of a zip that lies in another or at an address: it is kept in memory while its members are read."""
LONGEST_NAME = 80
"""Characters of a subject that names a mail within another."""
MOST_UNPACKED = 50_000_000_000
"""Bytes that all files of a zip say they have."""
BROKEN = (
    BadZipFile, ZlibError, LZMAError, StructError, OSError, EOFError, NotImplementedError, ValueError, OverflowError,
)  # fmt: skip
"""What Python's zipfile raises over damage."""
MESSAGE = "message/rfc822"
"""The type of a mail that lies in another."""
UTF8, UNICODE_NAME = 0x800, 0x7075
"""The flag of a zip's name in UTF-8, and the number of the field in which some programs put that besides (APPNOTE.TXT of PKWARE)."""
_VIETNAMESE = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
_DAMAGED = "damaged", "is a damaged zip; fetch it again or unpack it yourself"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in another, which may itself lie in one: the `nth` that it lists, from 0; `size` is what that says."""

    container: "Path | RemoteFile | Member"
    name: str
    size: int
    nth: int

    def read(self, most: int) -> bytes:
        """Its first `most` bytes; ReadError if it cannot be had."""
        archive = _opened(self.container)
        try:
            if not isinstance(archive, ZipFile):
                return _same(archive[self.nth], self.name)[1][:most]
            with archive.open(_same(archive.infolist()[self.nth], self.name)) as file:
                return file.read(most)
        except NotImplementedError as error:
            raise ReadError("packing", "lies in a zip packed in a way that is not read here; unpack it") from error
        except RuntimeError as error:
            raise ReadError("encrypted", "lies in a zip with a password; unpack it") from error
        except LookupError as error:
            raise ReadError("missing", "is no longer in its zip; try again") from error
        except (*BROKEN, MemoryError) as error:
            raise ReadError(*_DAMAGED) from error


Container = Path | RemoteFile | Member
Attached = list[tuple[str, bytes]]
Listed = TypeVar("Listed", ZipInfo, tuple[str, bytes])


def is_archive(path: str) -> bool:
    """Whether a file may hold others, by its name."""
    return PurePosixPath(path).suffix.lower() in (*ZIPS, *MAILS)


def is_text_too(path: str) -> bool:
    """Whether a file that holds others is also a text by itself."""
    return PurePosixPath(path).suffix.lower() in MAILS


def members(container: Container, depth: int = 1) -> Iterator[tuple[str, Member]]:
    """The files in a file with their paths in it, those of zips within it too; ReadError if it cannot be opened.

    A zip that lies too deep, is protected or damaged within another comes itself. Of files with one path the last, which unpacking
    leaves, keeps it; those before it are numbered: "a (1).txt".
    """
    yield from told_apart([each for member in _listed(container) for each in _with_inner(member, depth)])


def _with_inner(member: Member, depth: int) -> Iterator[tuple[str, Member]]:
    name = _path(member.name)
    inner = _inner(member, depth) if is_archive(name) else None
    if inner is None or is_text_too(name):
        yield name, member
    yield from ((f"{name}/{path}", each) for path, each in inner or ())


def told_apart(found: list[tuple[str, Member]]) -> Iterator[tuple[str, Member]]:
    """Members in their order, each with a path that no other has; linear in time, whatever the names are."""
    left = Counter(path for path, _ in found)
    taken, numbers = set(left), Counter[str]()
    for path, member in found:
        left[path] -= 1
        shown = path
        while left[path] and shown in taken:
            numbers[path] += 1
            shown = _numbered(path, numbers[path])
        taken.add(shown)
        yield shown, member


def _numbered(path: str, number: int) -> str:
    name = PurePosixPath(path)
    return str(name.with_name(f"{name.stem} ({number}){name.suffix}"))


def _inner(member: Member, depth: int) -> list[tuple[str, Member]] | None:
    """What is in a member; None if it is not opened."""
    try:
        return list(members(member, depth + 1)) if depth < MOST_DEPTH else None
    except ReadError:
        return None


def _listed(container: Container) -> list[Member]:
    """What a zip or mail holds, in order of the names; of one name in the order of its list."""
    archive = _opened(container)
    if not isinstance(archive, ZipFile):
        return [Member(container, name, len(content), nth) for nth, (name, content) in enumerate(archive)]
    if not archive.infolist():
        raise ReadError("empty", "is a zip that holds nothing; remove it or fetch it again")
    infos = [
        (nth, info)
        for nth, info in enumerate(archive.infolist())
        if not info.filename.endswith("/") and not _is_link(info)
    ]
    if len(infos) > MOST_MEMBERS or sum(info.file_size for _, info in infos) > MOST_UNPACKED:
        most = f"{MOST_MEMBERS:,} files or {MOST_UNPACKED / 1e9:.0f} GB"
        raise ReadError("too_large", f"is a zip of more than {most}; unpack it and look at what it holds")
    found = (Member(container, _named(info), info.file_size, nth) for nth, info in infos)
    return sorted(found, key=lambda member: (member.name, member.nth))


def _same(found: Listed, name: str) -> Listed:
    """What was found, if it is still called so; LookupError if the list is another by now."""
    if (_named(found) if isinstance(found, ZipInfo) else found[0]) != name:
        raise LookupError(name)
    return found


def _named(info: ZipInfo) -> str:
    """The name of a member; without the flag that it is in UTF-8 it may be so all the same, or in windows-1258, as in Vietnam."""
    if info.flag_bits & UTF8 or info.filename.isascii():
        return info.filename
    if name := _unicode_name(info.extra):
        return name
    try:
        packed = info.filename.encode("cp437")
        try:
            return packed.decode("utf-8")
        except UnicodeDecodeError:
            name = unicodedata.normalize("NFC", packed.decode("cp1258"))
    except UnicodeError:
        return info.filename
    return name if {char for char in name.lower() if not char.isascii()} <= _VIETNAMESE else info.filename


def _unicode_name(extra: bytes) -> str:
    """The name in the field for one in UTF-8; "" if there is none."""
    while len(extra) >= 4:  # noqa: PLR2004
        kind, size = unpack("<HH", extra[:4])
        if kind == UNICODE_NAME:
            return extra[9 : 4 + size].decode("utf-8", "ignore").replace("\0", "")
        extra = extra[4 + size :]
    return ""


def _is_link(info: ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _opened(container: Container) -> ZipFile | Attached:
    """An open zip, or what a mail brings along; the last ones stay open while their members are read."""
    try:
        stamp = container.stat().st_mtime_ns if isinstance(container, Path) else 0
        return _open(container, stamp)
    except FileNotFoundError as error:
        raise ReadError("missing", "does not exist; remove it from the list or restore it") from error
    except PermissionError as error:
        raise ReadError("permission", "may not be read; change its permissions") from error
    except RecursionError as error:
        raise ReadError("nested", "is nested too deeply to be opened; save what it holds as files") from error
    except (*BROKEN, MemoryError) as error:
        raise ReadError(*_DAMAGED) from error


@lru_cache(2)
def _open(container: Container, stamp: int) -> ZipFile | Attached:
    if isinstance(container, Path) and container.suffix.lower() not in MAILS:
        return ZipFile(container)
    content = _content(container)
    if len(content) > MOST_BYTES:
        raise ReadError("too_large", f"is a zip or mail of more than {MOST_BYTES:,} bytes; unpack it")
    name = container.address if isinstance(container, RemoteFile) else str(getattr(container, "name", ""))
    return _attached(content) if is_text_too(name) else ZipFile(BytesIO(content))


def _content(container: Container) -> bytes:
    if isinstance(container, Path):
        with container.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    return container.read(MOST_BYTES + 1)


def _attached(content: bytes) -> Attached:
    """The files that a mail brings along with their names; a mail within it is one."""
    found: Attached = []
    for part in own_parts(message_from_bytes(content), MOST_MEMBERS):
        name = header(part.get_filename())
        if part.get_content_type() == MESSAGE:
            found += [(_mail_name(name, each), _as_bytes(each)) for each in _within_part(part)]
        elif name and isinstance(payload := part.get_payload(decode=True), bytes):
            found.append((name, payload))
    return found


def _as_bytes(message: Message) -> bytes:
    """A mail as it lay in another; b"" if it is so damaged that it cannot be written."""
    try:
        return message.as_bytes()
    except (LookupError, ValueError, TypeError, AttributeError, MessageError, RecursionError):
        return b""


def own_parts(message: Message, most: int) -> Iterator[Message]:
    """The first `most` parts of a mail, in order; those of a mail within it are not its own."""
    waiting = [message]
    while waiting and most:
        part = waiting.pop()
        most -= 1
        yield part
        if part.get_content_type() != MESSAGE:
            waiting += reversed(_within_part(part))


def _within_part(part: Message) -> list[Message]:
    """The parts of a part. Only of one that has parts: others have their bytes read in any charset they claim, which may be none."""
    inner = part.get_payload() if part.is_multipart() else []
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _mail_name(name: str, message: Message) -> str:
    """What a mail within another is called: as it is named there, else as its subject says."""
    subject = " ".join(header(message.get("Subject")).replace("/", "-").split())[:LONGEST_NAME]
    return name if name.lower().endswith(MAILS) else f"{name or subject or 'message'}{MAILS[0]}"


def header(printed: object) -> str:
    """A header of a mail, decoded as far as it can be."""
    try:
        return storable(str(make_header(decode_header(str(printed or "")))))
    except (LookupError, ValueError, MessageError):
        return storable(str(printed))


def _path(name: str) -> str:
    r"""The path of a member as it is shown: never absolute, never upwards.

    >>> _path("../../etc/a.txt"), _path("C:\\b.txt"), _path("/c.txt")
    ('etc/a.txt', 'b.txt', 'c.txt')
    """
    parts = re.sub(r"^[A-Za-z]:", "", name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "nameless"
