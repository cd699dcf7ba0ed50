"""Taking up one file: what became of it, as rows ready to be written; in this process or in another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.corrections import Correction
from pipeline.document import ReadError
from pipeline.files import FileItem
from pipeline.read import AS_USUAL, ReadOptions, installed
from pipeline.stages import MAX_BYTES, analyse_safely, load
from pipeline.store.rows import TextRows, text_rows
from pipeline.store.writer import text_id
from pipeline.version import extraction_version

Read = tuple[str, str]
"""The SHA-256 of a text and the version that read it."""
Place = tuple[str | None, str | None, str | None]
"""The text, the root and the path that a correction is for."""

RECOGNISED, LEFT = " recognised", " pages left"
"""What a version says behind the rules."""

Corrections = tuple[tuple[Place, Correction], ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was told."""

    words: bool = True
    max_bytes: int = MAX_BYTES
    corrections: Corrections = ()
    reading: ReadOptions = AS_USUAL

    def corrections_of(self, digest: str, item: FileItem) -> Sequence[Correction]:
        """Corrections for a text, or for what its file held before."""
        text = text_id(digest)
        return [
            each for (of, root, path), each in self.corrections if of == text or (root, path) == (item.root, item.path)
        ]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file before anything is written; `done` only where its text is new."""

    item: FileItem
    size: int = 0
    digest: str = ""
    unchanged: bool = False
    done: TextRows | None = None
    trouble: tuple[str, str] | None = None


def take_up(
    item: FileItem, known: Read | None, options: Options, is_stored: Callable[[str], bool] = lambda _: False
) -> Taken:
    """Read one file, and analyse it unless it is as `known` or `is_stored` says so of its SHA-256; never raises for what it holds."""
    try:
        content = load(item, options.max_bytes)
        digest = sha256(content).hexdigest()
        if is_current(known, digest, options):
            return Taken(item, digest=digest, unchanged=True)
        if is_stored(digest):
            return Taken(item, len(content), digest)
        done = analyse_safely(content, item.path, options.words, options.corrections_of(digest, item), options.reading)
        return Taken(item, len(content), digest, done=text_rows(done))
    except ReadError as error:
        return Taken(item, trouble=(error.kind, str(error)))


def is_current(known: Read | None, digest: str, options: Options) -> bool:
    """Whether a stored source is what reading the bytes of `digest` now would give."""
    return known is not None and known[0] == digest and known[1] in versions(options)


def version_of(rows: TextRows, options: Options) -> str:
    """The version of a text that was read now: the rules, whether all pages were recognised, and whether some were left."""
    left = any("left" in row for row in rows.layout.get("pages", ((), []))[1])
    always = options.reading.ocr == "always"
    return extraction_version(options.words) + RECOGNISED * always + LEFT * left


def versions(options: Options) -> tuple[str, ...]:
    """Versions of a stored text that will do, a better one serves too; with pages left only where they would be left again."""
    rules = [extraction_version()] if options.words else [extraction_version(), extraction_version(words=False)]
    recognised = [RECOGNISED] if options.reading.ocr == "always" else ["", RECOGNISED]
    left = ["", LEFT] if options.reading.ocr == "never" or not installed() else [""]
    return tuple(f"{rule}{how}{rest}" for rule in rules for how in recognised for rest in left)
