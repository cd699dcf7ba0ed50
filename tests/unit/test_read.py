"""Reading: what the bytes are decides; what cannot be read says why."""

import pytest

from pipeline.document import ReadError
from pipeline.read import read_source

ARTICLE = "Tỉnh ủy ban hành Chỉ thị số 01-CT/TU ngày 10/9/2021 về sinh hoạt chi bộ."

ENCODED = {
    "UTF-8": ARTICLE.encode(),
    "UTF-8 with a mark": ARTICLE.encode("utf-8-sig"),
    "UTF-16 with a mark": ARTICLE.encode("utf-16"),
    "UTF-16 little-endian without a mark": ARTICLE.encode("utf-16-le"),
    "UTF-16 big-endian without a mark": ARTICLE.encode("utf-16-be"),
}


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED)
def test_encodings(content: bytes) -> None:
    source = read_source(content, "bai.txt")
    assert source.pieces[0].text.removeprefix("\ufeff") == ARTICLE
    assert source.format == "text"


REFUSED = {
    "empty": (b"", "a.txt", "empty"),
    "white space": (b" \n\t ", "a.txt", "empty"),
    "a PDF named .txt": (b"%PDF-1.7 ...", "a.txt", "truncated"),
    "a zip named .html": (b"PK\x03\x04....", "a.html", "format"),
    "an old Word file": (b"\xd0\xcf\x11\xe0....", "a.doc", "format"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a.md", "format"),
    "zero bytes in a text": ("Tỉnh ủy\x00 họp".encode(), "a.txt", "binary"),
    "random bytes": (bytes(range(256)) * 8, "a.txt", "binary"),
    "not UTF-8": ("Nghị quyết".encode("cp1258", "replace") + b"\xe0\xe8\xff", "a.txt", "encoding"),
    "half a UTF-16 character": ("Tỉnh ủy họp".encode("utf-16") + b"\x41", "a.txt", "encoding"),
    "a page without an article": (b"<html><body><script>x()</script></body></html>", "a.html", "no_article"),
}


@pytest.mark.parametrize(("content", "name", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(content: bytes, name: str, kind: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_source(content, name)
    assert refused.value.kind == kind
    assert "; " in str(refused.value), "a reason and what to do"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


LONG = "Ban Thường vụ Huyện ủy ban hành kế hoạch triển khai công tác xây dựng Đảng trên địa bàn huyện. " * 6
BODY = f"<h1>Huyện ủy họp bàn công tác quý III</h1><p>{LONG}</p><p>{LONG.replace('kế hoạch', 'chương trình')}</p>"


def test_html_is_told_by_its_bytes() -> None:
    assert read_source(page(BODY), "bai.txt").format == "html"
    assert read_source(ARTICLE.encode(), "bai.html").format == "text"


def test_the_article_without_the_portal() -> None:
    portal = (
        "<ul class='menu'><li><a href='/a'>Trang chủ</a></li><li><a href='/b'>Tin tức</a></li><li><a href='/c'>Văn bản</a></li></ul>"
        f"{BODY}<div><b>Tin cùng chuyên mục</b><ul><li><a href='/1'>Một tin khác hẳn về bóng đá (12/3/2020)</a></li></ul></div>"
        "<div>Phản hồi<form><textarea></textarea></form></div><div>Thư viện ảnh <img src='x.jpg'></div>"
    )
    source = read_source(page(portal), "bai.html")
    whole = "\n".join(piece.text for piece in source.pieces)
    assert source.title == "Huyện ủy họp bàn công tác quý III"
    assert source.pieces[0].kind == "title"
    assert whole.count("Huyện ủy họp bàn công tác quý III") == 1
    for noise in ("Trang chủ", "Tin cùng chuyên mục", "bóng đá", "Phản hồi", "Thư viện ảnh"):
        assert noise not in whole


DATED = {
    "JSON-LD": (
        "",
        '<script type="application/ld+json">{"datePublished": "2021-05-04T08:00:00+07:00"}</script>',
        "json-ld",
    ),
    "meta": ("", '<meta property="article:published_time" content="2021-05-04T08:00">', "meta"),
    "broken JSON-LD, then a time": (
        "<time datetime='2021-05-04'>4/5</time>",
        '<script type="application/ld+json">{oops</script>',
        "time",
    ),
    "beside the title": ("<div>Thứ Ba, 04/05/2021 08:00</div>", "", "beside title"),
}


@pytest.mark.parametrize(("beside", "head", "origin"), DATED.values(), ids=DATED)
def test_date_of_publication(beside: str, head: str, origin: str) -> None:
    today = "<div>Hôm nay: Thứ Hai, 03/11/2025</div>"
    body = BODY.replace("</h1>", f"</h1>{beside}", 1)
    source = read_source(page(today + body, head), "bai.html")
    assert (source.published, source.published_from) == ("2021-05-04", origin)


def test_no_date_is_no_date() -> None:
    assert read_source(page(BODY), "bai.html").published is None


def test_loose_text_and_layout_tables_are_kept() -> None:
    layout = f"<table><tr><td>{BODY}<br>- Xã Sơn Phú: 2 chi bộ;<br>- Xã Yên Hoa: 1 chi bộ;</td></tr></table>"
    whole = "\n".join(piece.text for piece in read_source(page(layout), "bai.htm").pieces)
    assert "Xã Sơn Phú: 2 chi bộ" in whole
    assert "Xã Yên Hoa: 1 chi bộ" in whole


def test_hostile_markup_is_bounded() -> None:
    deep = "<div>" * 5000 + LONG + "</div>" * 5000
    with pytest.raises(ReadError, match="holds no article text"):
        read_source(page(deep), "bai.html")
