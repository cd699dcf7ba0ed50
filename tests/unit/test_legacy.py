"""Old Vietnamese encodings: fonts, conversion, detection, mixed texts, bytes, and real files."""

import importlib
import random
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import ReadError
from pipeline.read import read_source
from pipeline.read.encoding import decode, decode_told
from pipeline.read.legacy import (
    TWICE,
    Encoding,
    convert,
    convert_runs,
    decode_legacy,
    detect,
    encoding_of_font,
    mend,
    mend_page,
    once,
)
from pipeline.read.legacy.count import count
from pipeline.read.legacy.syllables import likelihood, onsets, rimes
from pipeline.read.legacy.tables import ENCODINGS, PRIVATE, looks, table
from tests.corpus import ROOT, texts
from tests.legacy import as_bytes, distance, error_rate, paragraphs, written

SHARED = ROOT.parent / "shared" / "data"
LEGACY, NEWS = SHARED / "legacy", SHARED / "news"
WORST = 0.01
"""The character error rate that no file may exceed."""
ASCII = str.maketrans(dict(zip("“”‘’–—…›\u00a0Ð²×•·", "\"\"''--.> Đ2x*.", strict=True)))
"""Signs that not all of the old encodings have."""


@cache
def corpus() -> tuple[str, ...]:
    """The texts of the corpus, with signs that all encodings have."""
    return tuple(normalize("NFC", file.read_text("utf-8")).translate(ASCII) for file in texts())


@cache
def lines() -> tuple[str, ...]:
    return tuple(line for text in corpus() for line in text.split("\n") if sum(not char.isascii() for char in line) > 5)


def alike(text: str, encoding: Encoding) -> str:
    """What must come back: TCVN3 has no capitals with marks."""
    return text.lower() if encoding == "tcvn3" else text


FONTS: dict[str, tuple[Encoding, bool] | None] = {
    ".VnTime": ("tcvn3", False),
    ".VnTimeH": ("tcvn3", True),
    ".VnArialH": ("tcvn3", True),
    ".VnArial NarrowH": ("tcvn3", True),
    ".vntimeH": ("tcvn3", True),
    "GDNPMG+VnTimeHBold": ("tcvn3", True),
    "ABCDEF+.VnTime,Bold": ("tcvn3", False),
    ".VnTimeH-BoldItalic": ("tcvn3", True),
    ".VnCentury Schoolbook": ("tcvn3", False),
    "VNI-Times": ("vni", False),
    "VNI Times": ("vni", False),
    "VNI-Helve-Condense": ("vni", False),
    "ABCDEF+VNI-Times,Italic": ("vni", False),
    "VPS Times": ("vps", False),
    "VI Times": ("viscii", False),
    "Times New Roman": None,
    "Arial Unicode MS": None,
    "UVnTime": None,
    "VNtimes new roman": None,
    "UTM Helve": None,
    "Vni": None,
    "": None,
}


@pytest.mark.parametrize(("name", "expected"), FONTS.items(), ids=FONTS)
def test_fonts(name: str, expected: tuple[Encoding, bool] | None) -> None:
    found = encoding_of_font(name)
    assert (found and (found.encoding, found.capitals)) == expected


CONVERTED: dict[str, tuple[str, Encoding, str]] = {
    "ư is the soft hyphen": ("t\u00ad\u00ad t\u00adëng", "tcvn3", "tưư tưởng"),
    "VNI": ("COÄNG HOAØ XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "vni", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    "VNI with a capital and a small mark": ("Aên ÖÙng Ñaûng Ñoâ", "vni", "Ăn Ứng Đảng Đô"),
    "VNI with two characters for í": ("chiùnh chính", "vni", "chính chính"),
    "VNI: a mark without its letter stays": ("ù 5ù", "vni", "ù 5ù"),
    "private use": ("".join(chr(PRIVATE + byte) for byte in b"\xae\x69\xd2u"), "tcvn3", "điều"),
    "control characters for windows-1252's own": ("\x9a", "vps", "ý"),
    "outside the table": ("§iÒu 5 – “Ω”", "tcvn3", "Điều 5 – “Ω”"),
    "other forms of a letter in a PDF": ("t−íng b¶o l∙nh nh− 5 − 3 ∙ a", "tcvn3", "tướng bảo lãnh như 5 − 3 ∙ a"),
    "dashes and quotes between capitals": ("Q§–UB “HO¸”", "tcvn3", "QĐ–UB “HOÁ”"),
    "small letters among capitals": ("CéNG HOµ X· HéI, ñY BAN Hµ Néi", "tcvn3", "CỘNG HOÀ XÃ HỘI, ỦY BAN Hà Nội"),
    "marks are composed": ("Viêòt Nam", "windows-1258", "Việt Nam"),
    "VISCII": ("Vi®t Nam, Ðäng", "viscii", "Việt Nam, Đảng"),
    "VPS": ("ViŒt Nam, ñäng", "vps", "Việt Nam, Đảng"),
}


@pytest.mark.parametrize(("look", "encoding", "meant"), CONVERTED.values(), ids=CONVERTED)
def test_conversion(look: str, encoding: Encoding, meant: str) -> None:
    assert convert(look, encoding) == meant


def test_fonts_of_capitals() -> None:
    assert convert("th«ng t\u00ad liªn tÞch", "tcvn3", capitals=True) == "THÔNG TƯ LIÊN TỊCH"


LETTERS = sorted({*table("vni").singles.values(), *table("vni").pairs.values()})


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_letter_there_and_back(encoding: Encoding) -> None:
    assert len(LETTERS) == 134
    for letter in LETTERS:
        assert alike(convert(written(f"x{letter}x", encoding), encoding), encoding) == alike(f"x{letter}x", encoding)


RUNS: dict[str, tuple[list[tuple[str, str | None]], str]] = {
    "a mark in the next run": ([("Vie", "VNI-Times"), ("ät Nam", "VNI-Times")], "Việt Nam"),
    "a mark after a letter of another font": ([("Vie", "Arial"), ("ät", "VNI-Times")], "Việt"),
    "a mark in a run of its own": ([("a", "VNI-Times"), ("", "Arial"), ("ù", "VNI-Helve"), ("o", None)], "áo"),
    "capitals": ([("Céng hoµ", ".VnTimeH"), (" x· héi", ".VnTime")], "CỘNG HOÀ xã hội"),
    "Unicode beside": ([("Chỉ thị ", "Arial"), ("sè 5", ".VnTime"), (" của", None)], "Chỉ thị số 5 của"),
    "Unicode in an old font": ([("Tỉnh ủy đã họp và bàn", ".VnTime")], "Tỉnh ủy đã họp và bàn"),
    "a word of Unicode in an old font": ([("và", ".VnTime")], "và"),
    "two encodings": ([("- ", ".VnTime"), ("ÖÙng", "VNI-Times"), (" dông", ".VnTime")], "- Ứng dụng"),
    "signs of another font": ([("·", "Symbol"), (" Nép thuÕ", ".VnTime")], "· Nộp thuế"),
    "nothing": ([], ""),
}


@pytest.mark.parametrize(("runs", "meant"), RUNS.values(), ids=RUNS)
def test_runs(runs: list[tuple[str, str | None]], meant: str) -> None:
    assert convert_runs(runs) == meant


@given(st.data())
def test_runs_may_break_anywhere(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(lines()))
    look = written(line, "vni")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(look)), max_size=6)))
    runs = [(look[start:end], "VNI-Times") for start, end in zip([0, *cuts], [*cuts, len(look)], strict=True)]
    assert convert_runs(runs) == line


OTHERS = {
    "nothing": "",
    "no letters": "§ 5 · 10.000 ¶ ®",
    "French": "Où êtes-vous né ? Là-bas, à côté du café, près de l’église ; ça a été décidé hier à Genève.",
    "German": "Für die Größe der Übung möchten wir uns herzlich bedanken, schöne Grüße aus Köln.",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy, a proto jsme mu dali vodu.",
    "Spanish": "¿Qué pasó ayer? El niño comió «paella» en Málaga y después cantó una canción.",
    "Portuguese": "A situação não é fácil: três irmãos vão à praça amanhã de manhã.",
    "Icelandic": "Það er gott að búa á Íslandi, sagði maðurinn við konuna.",
    "English with smart quotes": "“It’s the company’s own – naïve – résumé…” said Zoë® of Microsoft™ (© 2004, §5, 10 µm).",
    "soft hyphens": "The co\u00adoperation of the or\u00adgani\u00adsations was un\u00adexpected.",
    "Vietnamese without other letters": "Ông Lê Công Hoàng và bà Võ Thanh Hoà có 5 con trâu, là hàng xóm",
    "Vietnamese": "Tỉnh ủy ban hành Chỉ thị số 01-CT/TU ngày 10/9/2021 về sinh hoạt chi bộ.",
    "Vietnamese, decomposed": normalize("NFD", "Tỉnh ủy ban hành Chỉ thị số 01-CT/TU về sinh hoạt chi bộ."),
    "UTF-8 taken for windows-1252": "Tá»‰nh á»§y ban hÃ nh Chá»‰ thá»‹ vá» sinh hoáº¡t chi bá»™",
    "Russian taken for windows-1252": "Ïðàâèòåëüñòâî Ðîññèéñêîé Ôåäåðàöèè íà ýòîé íåäåëå",
    "quotes around one letter": "«%s» empra «%%m» però «%s» no ho fa, ni «-c», «-t», «-u»",
    "bullets": "· one\n· two\n· três\n· naïf",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_texts_stay(text: str) -> None:
    assert detect(text) is None
    assert mend(text) == (text, ())
    assert mend_page(text) == (text, ())


@pytest.mark.parametrize(
    "language", ["ca", "cs", "de", "es", "fr", "hu", "is", "it", "pl", "pt", "ro", "sk", "sv", "tr"]
)
def test_languages_of_spacy_stay(language: str) -> None:
    words = sorted(importlib.import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    random.Random(language).shuffle(words)
    parts = [" ".join(words[start : start + size]) for size in (3, 8, 20) for start in range(0, len(words), size)]
    assert [part for part in parts if detect(part)] == []
    assert mend("\n".join(parts))[1] == ()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_lines_come_back_or_stay(encoding: Encoding) -> None:
    wrong, found, words = [], 0, random.Random(7)
    for line in lines():
        parts = line.split(" ")
        start = words.randrange(len(parts))
        short = " ".join(parts[start : start + 3])
        for text in (line, short):
            look = written(text, encoding)
            got = mend(look)[0]
            found += got != look
            if got != look and alike(got, encoding) != alike(text, encoding):
                wrong.append((text, got))
    assert wrong == []
    assert found > len(lines()) * 0.9


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_corpus_comes_back(encoding: Encoding) -> None:
    for text in corpus():
        look = written(text, encoding)
        assert alike(mend(look)[0], encoding) == alike(text, encoding)
        got = decode_legacy(as_bytes(look))
        assert got is not None
        assert (alike(got[0], encoding), got[1]) == (alike(text, encoding), encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_mixed_texts(encoding: Encoding) -> None:
    """Paragraphs of Unicode among others: those stay, these are right; one too short to tell may be left."""
    chance, left, long = random.Random(encoding), 0, 0
    for text in corpus():
        before = [(line, written(line, encoding) if chance.random() < 0.5 else line) for line in text.split("\n")]
        after = mend("\n".join(look for _, look in before))[0].split("\n")
        for (line, look), got in zip(before, after, strict=True):
            assert look == got or (look != line and alike(got, encoding) == alike(line, encoding))
            left += len(line) * (look == got != line)
            long += len(line) * (look != line)
    assert left < long * 0.03


def twice(text: str) -> str:
    """A text whose UTF-8 was taken for windows-1252."""
    return "".join(map(looks, text.encode()))


def test_utf_8_taken_for_windows_1252_comes_back() -> None:
    for text in corpus():
        assert once(text) == (text, False)
        assert once(twice(text)) == (text, True)
        assert decode_told(twice(text).encode()) == (text, (TWICE,))


def test_lines_taken_for_windows_1252_among_others() -> None:
    chance = random.Random(5)
    for text in corpus():
        looking = [twice(line) if chance.random() < 0.5 else line for line in text.split("\n")]
        assert once("\n".join(looking))[0] == text


def test_last_bytes_that_became_spaces() -> None:
    """Only a line with no other letter of Vietnamese than à stays: "XÃ LONG AN" has none either."""
    for text in corpus():
        spaced = once(twice(text).replace("\u00a0", " "))[0].split("\n")
        left = [line for line, got in zip(text.split("\n"), spaced, strict=True) if line != got]
        assert all(set(line) <= {*map(chr, range(128)), "à"} for line in left)


def test_a_letter_that_has_lost_its_last_byte() -> None:
    """Without soft hyphens "BÃ" may be bí or bà: it stays, for all to see, unless a letter follows."""
    assert once("Bá»™ ChÃnh trá»‹") == ("Bộ Chính trị", True)
    assert once("BÃ thÆ° Tá»‰nh á»§y") == ("BÃ thư Tỉnh ủy", True)


def test_mixed_bytes() -> None:
    one, other = "Nghị quyết của Ban Chấp hành Trung ương", "Quyết định của Thủ tướng Chính phủ"
    content = one.encode() + b"\r\n" + as_bytes(written(other, "tcvn3")) + b"\r\n" + one.encode()
    assert decode_legacy(content) == (f"{one}\r\n{other}\r\n{one}", "tcvn3")


NOT_OLD = {
    "random bytes": random.Random(1).randbytes(20_000),
    "random letters": bytes(random.Random(2).choices([*range(32, 127), *range(160, 256)], k=20_000)),
    "one byte": b"\xae" * 100_000,
    "French": OTHERS["French"].encode("cp1252"),
    "German": OTHERS["German"].encode("cp1252"),
    "Czech": OTHERS["Czech"].encode("cp1250"),
    "English": OTHERS["English with smart quotes"].encode("cp1252"),
    "Russian": "Правительство Российской Федерации на этой неделе".encode("cp1251"),
    "Greek": "Η ελληνική κυβέρνηση αποφάσισε χθες το πρωί".encode("cp1253"),
    "Chinese": "越南社会主义共和国中央委员会关于党的建设的决定".encode("gb18030"),
    "UTF-8 with a wrong byte": OTHERS["Vietnamese"].encode() * 20 + b"\xff" + OTHERS["Vietnamese"].encode(),
    "UTF-8 cut short": OTHERS["Vietnamese"].encode()[:3],
}


@pytest.mark.parametrize("content", NOT_OLD.values(), ids=NOT_OLD)
def test_bytes_that_are_none(content: bytes) -> None:
    assert decode_legacy(content) is None


HOSTILE = {
    "one sign": "®" * 1_000_000,
    "one letter": "ñ" * 1_000_000,
    "ư": "\u00ad" * 1_000_000,
    "signs and letters": "a®" * 500_000,
    "pairs": "ôù" * 500_000,
    "references": "&#" * 500_000 + "®",
    "marks": ("a" + "\u0301") * 500_000 + "®",
    "minus": "Héi nghÞ lÇn thø nhÊt c¸c ®¹i biÓu " + "a−" * 500_000,
    "capitals": "Héi nghÞ lÇn thø nhÊt c¸c ®¹i biÓu " + "éA " * 300_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_million_characters_end(text: str) -> None:
    assert len(mend(text)[0]) == len(text)
    assert mend_page(text)[0]


SHORT = (
    "Chỉ thị số 15-CT/TW của Ban Bí thư về công tác dân vận",
    "QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH",
    "Tỉnh ủy họp",
    "Nguyễn Thị Hường",
    "Kính gửi các đồng chí\r\nBáo cáo tình hình quý III\r\nNơi nhận: như trên\r\n",
    "15-12-1998",
)


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_short_texts(encoding: Encoding, text: str) -> None:
    """A line alone, all in capitals (control bytes in VPS and VISCII), a name, ends of lines of Windows, only numbers."""
    assert decode(as_bytes(written(text, encoding))) == text


def test_read_source_tells_the_encodings() -> None:
    text = "\n".join(lines()[:20])
    for encoding in ENCODINGS:
        source = read_source(as_bytes(written(text, encoding)), "bai.txt")
        assert (alike(source.pieces[0].text, encoding), source.encodings) == (alike(text, encoding), (encoding,))
    assert read_source(text.encode(), "bai.txt").encodings == ()
    source = read_source(written(text, "tcvn3").encode(), "bai.txt")
    assert (source.pieces[0].text.lower(), source.encodings) == (text.lower(), ("tcvn3",))


def _page(charset: str, body: str) -> str:
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>'
    return f"{head}<body><font face='.VnTime'><h1>QuyÕt ®Þnh cña Bé tr\u00adëng</h1><p>{body}</p></font></body></html>"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "x-user-defined", "windows-1258", "utf-8"])
def test_pages_of_old_fonts(charset: str) -> None:
    text = "Hội nghị đã nhất trí thông qua nghị quyết về công tác cán bộ của tỉnh trong năm tới."
    page, encodings = decode_told(as_bytes(_page(charset, written(text, "tcvn3"))), declared=True)
    assert encodings == ("tcvn3",)
    assert f"<p>{text}</p>" in page
    assert "<h1>Quyết định của Bộ trưởng</h1>" in page


def test_pages_with_references() -> None:
    body = "".join(
        char if char.isascii() else f"&#{ord(char)};" for char in written("Hội nghị đã nhất trí cao", "tcvn3")
    )
    assert "<p>Hội nghị đã nhất trí cao</p>" in decode(_page("utf-8", body).encode(), declared=True)


def test_a_page_of_windows_1258_is_believed() -> None:
    text = "Hội nghị đã nhất trí"
    page = '<html><head><meta charset="windows-1258"></head><body>' + written(text, "windows-1258")
    assert text in normalize("NFC", decode(as_bytes(page), declared=True))


def test_other_bytes_are_still_refused() -> None:
    with pytest.raises(ReadError, match="old Vietnamese encoding"):
        decode(OTHERS["French"].encode("cp1252"))


def test_the_counts_are_of_syllables() -> None:
    assert abs(sum(2.718281828**each for each in onsets().values()) - 1) < 1e-6
    assert abs(sum(2.718281828**each for each in rimes().values()) - 1) < 1e-6
    for word in ("nghiêng", "quyết", "giếng", "gì", "Đắk", "khuỷu", "ưu", "oà", "ỦY", "thuở"):
        assert likelihood(word) is not None, word
    for word in ("tât", "các̀", "fể", "nghiênghe", "bcd", "hòá", "quyẽt", ""):
        assert likelihood(word) is None, word


def test_counting(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Quyết định quyết nghĩa gì, giếng, Washington", "utf-8")
    onset_counts, rime_counts = count(tmp_path)
    assert onset_counts == {"qu": 2, "đ": 1, "ngh": 1, "g": 2}
    assert rime_counts["yêt", "\u0301"] == 2
    assert rime_counts["i", "\u0300"] == 1


def test_error_rates() -> None:
    assert (distance("kitten", "sitting"), distance("", "abc"), distance("abc", ""), distance("ab", "ab")) == (
        3,
        3,
        3,
        0,
    )
    assert error_rate("Việt  NAM\n", "việt nam") == 0
    assert error_rate("viêt nam", "việt nam") == 1 / 8


needs_legacy = pytest.mark.skipif(not LEGACY.is_dir(), reason="../shared/data/legacy is not there")


@pytest.fixture(scope="session")
def word_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """All files of Word among the legacy ones as .docx, by their names."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not installed")
    folder = tmp_path_factory.mktemp("docx")
    old = [str(file) for file in LEGACY.iterdir() if file.suffix in (".doc", ".rtf")]
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [soffice, profile, "--headless", "--convert-to", "docx", "--outdir", str(folder), *old]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    yield {file.stem: file for file in [*folder.glob("*.docx"), *LEGACY.glob("*.docx")]}
    shutil.rmtree(folder)


@needs_legacy
def test_real_files_of_word(word_files: dict[str, Path]) -> None:
    assert len(word_files) == 12
    for name, file in word_files.items():
        truth = (LEGACY / f"{name}.truth.txt").read_text("utf-8")
        runs = [*paragraphs(file)]
        by_fonts = "\n".join(map(convert_runs, runs))
        by_letters = mend("\n".join("".join(text for text, _ in each) for each in runs))[0]
        assert error_rate(by_fonts, truth) <= WORST, name
        assert error_rate(by_letters, truth) <= WORST, name


@needs_legacy
def test_a_real_pdf() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    (file,) = LEGACY.glob("*.pdf")
    with pdfium.PdfDocument(str(file)) as pdf:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    mended, encodings = mend(text)
    assert encodings == ("tcvn3",)
    assert error_rate(mended, file.with_suffix(".truth.txt").read_text("utf-8")) <= WORST


@pytest.mark.skipif(not NEWS.is_dir(), reason="../shared/data/news is not there")
def test_news_stay() -> None:
    for file in NEWS.iterdir():
        content = file.read_bytes()
        text = content.decode()
        assert mend(text) == (text, ())
        assert decode_told(content) == (text, ())
        for form in (normalize("NFD", text), text + "\n®"):
            assert mend(form) == (form, ())
