"""Mail and pages saved as one file (.eml, .mht) → Source, by the standard library's parser of MIME."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from pipeline.archives import header, own_parts
from pipeline.document import Format, Piece, ReadError, Source, storable
from pipeline.read.encoding import CHARSETS, decode
from pipeline.read.html import read_html
from pipeline.read.options import Request

MOST_PARTS = 1000
"""Parts of a mail that are looked at."""
WANTED = {"eml": ("text/plain", "text/html"), "mht": ("text/html", "application/xhtml+xml", "text/plain")}
"""Types of parts that may be the text, the better first."""


def read(request: Request) -> Source:
    """Read the text of a mail, or the page of a saved one; ReadError if it holds neither."""
    message = message_from_bytes(request.content)
    parts = list(own_parts(message, MOST_PARTS))
    for wanted in WANTED[request.kind]:
        for part in parts:
            if part.get_content_type() == wanted and (body := _body(part)).strip():
                plain = Source(request.digest, request.kind, (Piece(body),))
                source = plain if wanted == "text/plain" else read_html(body, request.digest)
                return _described(source, message, request.kind)
    raise ReadError(
        "no_text", "holds no text of its own; look at what it brings along, which comes in as files of its own"
    )


def _body(part: Message) -> str:
    if part.get_filename() or part.is_multipart():
        return ""
    content, charset = _bytes(part), _charset(part)
    with suppress(LookupError, ValueError):
        if charset.startswith(CHARSETS):
            return storable(content.decode(charset))
    return decode(content, declared=True)


def _charset(part: Message) -> str:
    """The charset of a part in lower case; "" if it names none that can be told."""
    with suppress(LookupError, ValueError):
        return part.get_content_charset("utf-8")
    return ""


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _described(source: Source, message: Message, kind: Format) -> Source:
    """A page keeps the title and the date that it states; else those of the message hold."""
    title = source.title or " ".join(header(message.get("Subject")).split()) or None
    sent = _day(str(message.get("Date", ""))) if source.published is None else None
    published, origin = (sent, "mail") if sent else (source.published, source.published_from)
    return replace(source, format=kind, title=title, published=published, published_from=origin)


def _day(printed: str) -> str | None:
    try:
        sent: datetime = parsedate_to_datetime(printed)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return sent.date().isoformat()
