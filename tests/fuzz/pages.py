"""Bytes of the fuzzer → PDF files: drawing commands of sample pages changed, with fonts of today and of before Unicode."""

from collections.abc import Sequence

from tests.fuzz import compose, edits
from tests.fuzz.bundles import DAMAGE, Parts, bundle, damaged, unbundled
from tests.fuzz.edits import Stream
from tests.hostile_pdfs import stream
from tests.pdfs import bare

ANY, MAP = "/F0", "cmap"
"""The font whose codes are UTF-16, and the part that says what they mean."""
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"256 beginbfrange\n" + b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (row, row, row) for row in range(256)) + b"endbfrange endcmap end end"
)  # fmt: skip
FONTS = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /TrueType /BaseFont /.VnTime /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+VNI-Times,Bold /Encoding /WinAnsiEncoding >>",
)
NAMES = (ANY, "/F1", "/F2", "/F3", "/F9")
PLACES = (
    "0",
    "12",
    "40",
    "85",
    "300",
    "555",
    "595",
    "700",
    "760",
    "842",
    "-50",
    "1000",
    "99999999999",
    "0.01",
    "14400",
)
SIZES = ("13", "13", "13", "9", "8", "1", "0", "-13", "0.001", "400", "99999")
BOXES = (
    "[0 0 595 842]", "[0 0 842 595]", "[0 0 0 0]", "[595 842 0 0]", "[-9 -9 9 9]", "[0 0 14400 14400]", "[0 0 1 99999999]", "[0 0]", "null",
    "[0 0 .001 .001]",
)  # fmt: skip
EXTRAS = (
    "",
    "",
    "/Rotate 90",
    "/Rotate 180",
    "/Rotate -90",
    "/Rotate 45",
    "/UserUnit 10",
    "/CropBox [100 100 200 200]",
    "/CropBox [9 9 8 8]",
)


def text(words: str, x: str = "85", y: str = "700", size: str = "13", font: str = ANY, turn: str = "1 0 0 1") -> str:
    """A command that prints words."""
    if font == ANY:
        shown = f"<{words.encode('utf-16-be', 'surrogatepass').hex()}>"
    else:
        escaped = words.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        shown = f"({escaped.decode('latin-1')})"
    return f"BT {font} {size} Tf {turn} {x} {y} Tm {shown.replace(chr(10), ' ')} Tj ET"


def _printed(lines: Sequence[str]) -> list[str]:
    return [text(line, y=str(760 - 18 * row)) for row, line in enumerate(lines)]


SAMPLES: tuple[tuple[Sequence[str], ...], ...] = (
    (
        ["3", *_printed(["Tỉnh ủy họp bàn công tác quý III và các nhiệm vụ của năm-",
        "nay. Các chi bộ đã nêu 12 ý kiến1 theo Nghị quyết số 5-NQ/", "TU."])],
        ["4", *_printed(["1 Xem Luật Đất đai.", "Điều 2. Giao Sở Xây dựng."])],
    ),
    (
        [
            text("TỈNH ỦY HÀ GIANG", "90"), text("ĐẢNG CỘNG SẢN VIỆT NAM", "330"), text("*", "150", "682"), text("Số 12-QĐ/TU", "110", "664"),
            text("Hà Giang, ngày 5 tháng 9 năm 2023", "320", "664"), text("QUYẾT ĐỊNH", "250", "620"), text("Nơi nhận:", "85", "300", "11"),
            text("T/M BAN THƯỜNG VỤ", "350", "300"), text("BÍ THƯ", "400", "282"), text("- Lưu VP.", "85", "285", "11"),
        ],
    ),
    (
        [
            *(f"{x} 500 m {x} 600 l S" for x in (85, 200, 300)), *(f"85 {y} m 300 {y} l S" for y in (500, 550, 600)),
            text("A", "90", "560"), text("B", "210", "560"), text("12", "90", "510"), text("C¸c chi bé", "210", "510", "13", "/F2"),
        ],
        [text("Boä Chính trò", font="/F3")], ["q 500 0 0 800 0 0 cm /I Do Q"], ["/X Do"],
    ),
    ([],),
)  # fmt: skip
"""Files: the commands of each page."""


def pdf(data: bytes) -> bytes:
    """Pages with their commands changed; the first line of a page is what else its object says."""
    take, parts = Stream(data), list[tuple[str, bytes]]()
    sample = take.pick(SAMPLES)
    share = max(1, len(data) // len(sample))
    for number, commands in enumerate(sample):
        own = Stream(data[number * share : (number + 1) * share])
        extra = f"/MediaBox {own.pick(BOXES) if own() > 200 else BOXES[0]} {own.pick(EXTRAS)}"
        lines = edits.lines(own, [extra, *commands], _command)
        parts.append(("page", "\n".join(lines)[: compose.LONGEST].encode("latin-1", "replace")))
    end = Stream(data[-8:])
    if end() > 240:
        parts.append((MAP, bytes(end() for _ in range(6))))
    if end() > 235:
        parts.append((DAMAGE, data[-6:]))
    return bundle(parts)


def _command(take: Stream) -> str:
    what = take() % 16

    def place() -> str:
        return take.pick(PLACES)

    if what < 8:
        turn = take.pick(("1 0 0 1", "1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 0 0 0", "1 .3 0 1", "99999 0 0 99999"))
        return text(take.words()[:300], place(), place(), take.pick(SIZES), take.pick(NAMES), turn)
    if what == 8:
        return f"{place()} {place()} m {place()} {place()} l {take.pick(('S', 'h S', 'f', 's', 'n'))}"
    if what == 9:
        return f"{place()} {place()} {place()} {place()} re {take.pick(('S', 'f', 'B', 'W n'))}"
    if what == 10:
        return f"q {take.pick(PLACES)} 0 0 {place()} {place()} {place()} cm {take.pick(('/I Do', '/X Do', ''))} Q"
    if what == 11:
        return f"{take.pick(PLACES)} {take.pick(('Tc', 'Tw', 'Tz', 'TL', 'Ts', 'Tr', 'w'))}"
    return take.pick(
        (
            "q",
            "Q",
            "BT",
            "ET",
            "/X Do",
            "T*",
            "[(a) -9999 (b)] TJ",
            "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI",
            "1 0 0 -1 0 842 cm",
            "<D800DC00D800>Tj",
        )
    )


def built(data: bytes) -> bytes:
    """The file of a bundle of pages."""
    parts = unbundled(data)
    pages = [content for name, content in parts if name == "page"] or [b""]
    return damaged(
        bare([*_head(len(pages), parts), *(each for page in enumerate(pages) for each in _page(*page))]), parts
    )


FIRST = 11
"""The object that is the first page; each is followed by its commands."""


def _head(count: int, parts: Parts) -> list[bytes]:
    kids = b" ".join(b"%d 0 R" % (FIRST + 2 * at) for at in range(count))
    meant = next((content for name, content in parts if name == MAP), b"")
    form = stream(
        b"0 0 300 300 re S /X Do BT /F1 13 Tf (trong) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources 3 0 R",
    )
    picture = stream(
        b"x", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    cid = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>"
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Font << /F0 4 0 R /F1 7 0 R /F2 8 0 R /F3 9 0 R >> /XObject << /X 10 0 R /I 6 0 R >> >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [%s] /ToUnicode 5 0 R >>" % cid,
        stream(_TO_UNICODE.replace(b"<0000> <00FF> <0000>", b"<0000> <00FF> <%s>" % meant.hex().encode()) if meant else _TO_UNICODE),
        picture, *FONTS, form,
    ]  # fmt: skip


def _page(number: int, content: bytes) -> list[bytes]:
    extra, _, commands = content.partition(b"\n")
    page = b"<< /Type /Page /Parent 2 0 R /Resources 3 0 R %s /Contents %d 0 R >>" % (extra, FIRST + 2 * number + 1)
    return [page, stream(commands)]
