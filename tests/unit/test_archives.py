"""Zips and mails: what is in them comes in under its path, bounded, and never leaves them."""

import os
import stat
import warnings
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from pipeline.archives import MOST_MEMBERS, Member, members, told_apart
from pipeline.document import ReadError
from pipeline.putting import Tally
from pipeline.query.database import open_readonly
from pipeline.read import read_source
from pipeline.run import ingest
from tests.hostile_pdfs import packed
from tests.word import paragraph, word

LINE = "Tỉnh ủy ban hành Quy định số {}-QĐ/TU ngày 14/9/2017."


def zipped(members: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def stored(folder: Path, database: Path) -> tuple[Tally, dict[str, str], dict[str, str]]:
    """What a run did, the texts by path, and the failures by path."""
    tally = ingest([folder], database)
    with open_readonly(database) as conn:
        texts = dict(conn.execute("SELECT s.path, t.text FROM sources s JOIN texts t ON t.id = s.text_id"))
        failures = dict(conn.execute("SELECT path, kind FROM failures"))
    return tally, texts, failures


def test_members_come_in_under_their_paths(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    inner = zipped({"sâu/b.txt": LINE.format(2).encode(), "c.docx": word(paragraph(LINE.format(3)))})
    members = {
        "năm 2017/a.txt": LINE.format(1).encode(),
        "trong.zip": inner,
        "anh.png": b"\x89PNG",
        ".ẩn.txt": b"x",
        "rong.txt": b"",
    }
    (folder / "kho.zip").write_bytes(zipped(members))
    tally, texts, failures = stored(folder, tmp_path / "a.db")
    assert texts == {
        "kho.zip/năm 2017/a.txt": LINE.format(1),
        "kho.zip/trong.zip/sâu/b.txt": LINE.format(2),
        "kho.zip/trong.zip/c.docx": LINE.format(3),
    }
    assert (failures, tally.ignored) == ({"kho.zip/rong.txt": "empty"}, 1)


def test_a_changed_member_replaces_its_text_and_others_cost_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "k.zip").write_bytes(zipped({"a.txt": LINE.format(1).encode(), "b.txt": LINE.format(2).encode()}))
    stored(folder, tmp_path / "a.db")
    (folder / "k.zip").write_bytes(zipped({"a.txt": LINE.format(1).encode(), "b.txt": LINE.format(9).encode()}))
    tally, texts, _ = stored(folder, tmp_path / "a.db")
    assert (tally.changed, tally.unchanged, texts["k.zip/b.txt"]) == (1, 1, LINE.format(9))


def repeated(*members: tuple[str, bytes]) -> bytes:
    """A zip in which a name may stand more than once, as in one that was added to."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


ONE, TWO, THREE, FOUR = (LINE.format(number).encode() for number in (1, 2, 3, 4))
REPEATED = {
    "the last keeps its path": ([("a.txt", ONE), ("a.txt", TWO), ("a.txt", THREE)], {"a (1)": 1, "a (2)": 2, "a": 3}),
    "in a folder": ([("năm 2017/a.txt", ONE), ("năm 2017/a.txt", TWO)], {"năm 2017/a (1)": 1, "năm 2017/a": 2}),
    "a number that is taken": (
        [("a.txt", ONE), ("a (1).txt", TWO), ("a.txt", THREE), ("a.txt", FOUR)],
        {"a (2)": 1, "a (1)": 2, "a (3)": 3, "a": 4},
    ),
    "names that are shown alike": ([("../a.txt", ONE), ("a.txt", TWO)], {"a (1)": 1, "a": 2}),
    "zips": (
        [("b.zip", zipped({"a.txt": ONE})), ("b.zip", zipped({"a.txt": TWO}))],
        {"b.zip/a (1)": 1, "b.zip/a": 2},
    ),
    "a zip and a folder": ([("b.zip", zipped({"a.txt": ONE})), ("b.zip/a.txt", TWO)], {"b.zip/a (1)": 1, "b.zip/a": 2}),
    "of one content": ([("a.txt", ONE), ("a.txt", ONE)], {"a (1)": 1, "a": 1}),
}


@pytest.mark.parametrize(("members", "numbers"), REPEATED.values(), ids=REPEATED)
def test_files_of_one_name_all_come_in(
    members: list[tuple[str, bytes]], numbers: dict[str, int], tmp_path: Path
) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "x.zip").write_bytes(repeated(*members))
    _, texts, failures = stored(folder, tmp_path / "a.db")
    assert (texts, failures) == ({f"x.zip/{name}.txt": LINE.format(number) for name, number in numbers.items()}, {})
    tally, again, _ = stored(folder, tmp_path / "a.db")
    assert (again, tally.unchanged) == (texts, len(members))


def test_files_of_one_name_in_a_mail_all_come_in(tmp_path: Path) -> None:
    message = mail(LINE.format(1))
    for number in (2, 3):
        message.add_attachment(LINE.format(number).encode(), maintype="text", subtype="x-text", filename="a.txt")
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "thu.eml").write_bytes(bytes(message))
    _, texts, _ = stored(folder, tmp_path / "a.db")
    assert {path: text.strip() for path, text in texts.items()} == {
        "thu.eml": LINE.format(1),
        "thu.eml/a (1).txt": LINE.format(2),
        "thu.eml/a.txt": LINE.format(3),
    }


def test_a_hundred_thousand_files_of_one_name_have_paths_of_their_own() -> None:
    found = [("a.txt", Member(Path("x.zip"), "a.txt", 1, nth)) for nth in range(MOST_MEMBERS)]
    taken = [(f"a ({number}).txt", Member(Path("x.zip"), f"a ({number}).txt", 1, number)) for number in range(1, 5000)]
    shown = [path for path, _ in told_apart([*taken, *found])]
    assert (len(set(shown)), shown[-2:]) == (len(shown), ["a (104998).txt", "a.txt"])


def test_a_zip_that_changed_after_it_was_listed_gives_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"a.txt": ONE, "b.txt": TWO}))
    listed = dict(members(path))
    path.write_bytes(zipped({"c.txt": THREE}))
    os.utime(path, (1, 1))
    with pytest.raises(ReadError, match="no longer in its zip"):
        listed["b.txt"].read(100)
    with pytest.raises(ReadError, match="no longer in its zip"):
        listed["a.txt"].read(100)


def slip(archive: ZipFile) -> None:
    archive.writestr("../../../tmp/trượt.txt", LINE.format(7))


def link(archive: ZipFile) -> None:
    info = ZipInfo("passwd.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def deep(archive: ZipFile) -> None:
    content = LINE.format(8).encode()
    for level in range(5):
        content = zipped({f"{level}.zip" if level else "a.txt": content})
    archive.writestr("sâu.zip", content)


def nameless(archive: ZipFile) -> None:
    """A member whose name a NUL ends before it begins, among others."""
    info = ZipInfo("x")
    info.filename = "\0.txt"
    archive.writestr(info, "x")
    archive.writestr("a.txt", LINE.format(6))


def packed_otherwise(archive: ZipFile) -> None:
    """A member packed as Windows packs large files, which Python does not unpack."""
    archive.writestr("a.txt", LINE.format(6))
    archive.filelist[0].compress_type = 9
    archive.fp.seek(8)  # type: ignore[union-attr]
    archive.fp.write(b"\x09")  # type: ignore[union-attr]
    archive.fp.seek(archive.start_dir)  # type: ignore[union-attr]


HOSTILE = {
    "a member without a name": (nameless, {"x.zip/a.txt": LINE.format(6)}, {}),
    "a packing of Windows": (packed_otherwise, {}, {"x.zip/a.txt": "packing"}),
    "a path that leads out": (slip, {"x.zip/tmp/trượt.txt": LINE.format(7)}, {}),
    "a link": (link, {}, {}),
    "zips in zips in zips": (deep, {}, {"x.zip/sâu.zip/4.zip/3.zip": "archive"}),
}


@pytest.mark.parametrize(("make", "texts", "failures"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_zips(make: object, texts: dict[str, str], failures: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    with ZipFile(folder / "x.zip", "w", ZIP_DEFLATED) as archive:
        make(archive)  # type: ignore[operator]
    database = tmp_path / "a.db"
    tally = ingest([folder], database, max_bytes=1_000_000)
    with open_readonly(database) as conn:
        assert dict(conn.execute("SELECT s.path, t.text FROM sources s JOIN texts t ON t.id = s.text_id")) == texts
        assert dict(conn.execute("SELECT path, kind FROM failures")) == failures
    assert len(tally.failed) == len(failures)


def bomb() -> bytes:
    """A zip with one text of 4.2 gigabytes that takes four megabytes."""
    inner, name, size = packed(4000, b"0" * (1 << 20))[2:], b"bom.txt", 4000 << 20
    head = pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(inner), size, len(name), 0) + name
    listed = (
        pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(inner), size, len(name), 0, 0, 0, 0, 0, 0) + name
    )
    return head + inner + listed + pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(listed), len(head) + len(inner), 0)


def test_a_bomb_is_one_failure_and_not_unpacked(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "x.zip").write_bytes(bomb())
    before = getrusage(RUSAGE_SELF).ru_maxrss
    _, texts, failures = stored(folder, tmp_path / "a.db")
    assert (texts, failures) == ({}, {"x.zip/bom.txt": "too_large"})
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 300_000, "kilobytes"


def test_a_damaged_zip_is_one_failure(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "nua.zip").write_bytes(zipped({"a.txt": LINE.encode() * 50})[:60])
    (folder / "tot.txt").write_text(LINE.format(1), "utf-8")
    tally, texts, failures = stored(folder, tmp_path / "a.db")
    assert (set(texts), failures) == ({"tot.txt"}, {"nua.zip": "archive"})
    assert "unpack it" in tally.failed[0][1]


def mail(body: str, subtype: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["Date"] = "V/v họp chi bộ", "Thu, 14 Sep 2017 08:00:00 +0700"
    message.set_content(body, subtype=subtype)
    return message


def test_a_mail_is_its_text_with_subject_and_day() -> None:
    source = read_source(bytes(mail(LINE.format(1))), "thu.eml")
    assert (source.format, source.title, source.published, source.published_from) == (
        "eml",
        "V/v họp chi bộ",
        "2017-09-14",
        "mail",
    )
    assert source.pieces[0].text.strip() == LINE.format(1)


def test_what_a_mail_brings_along_comes_in_too(tmp_path: Path) -> None:
    message = mail(LINE.format(1))
    message.add_attachment(
        LINE.format(2).encode(), maintype="application", subtype="octet-stream", filename="kèm theo.txt"
    )
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "thu.eml").write_bytes(bytes(message))
    _, texts, failures = stored(folder, tmp_path / "a.db")
    assert ({path: text.strip() for path, text in texts.items()}, failures) == (
        {"thu.eml": LINE.format(1), "thu.eml/kèm theo.txt": LINE.format(2)},
        {},
    )


def test_a_saved_page_is_its_article() -> None:
    paragraphs = "".join(
        f"<p>{LINE.format(number)} {'Cấp ủy các cấp triển khai thực hiện nghiêm túc. ' * 5}</p>" for number in range(3)
    )
    page = mail(f"<html><body><h1>Tỉnh ủy ban hành quy định mới</h1>{paragraphs}</body></html>", "html")
    page.make_related()
    page.replace_header("Content-Type", 'multipart/related; type="text/html"')
    source = read_source(bytes(page), "trang.mht")
    assert (source.format, source.title) == ("mht", "Tỉnh ủy ban hành quy định mới")
    assert LINE.format(2) in source.pieces[3].text
