"""Timelines as pictures: legible whatever they hold, intervals as intervals, every letter of Vietnamese, hostile names as words."""

import os
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from lxml import etree

from pipeline.export.chart import chart, svg
from pipeline.export.timeline import FORMATS
from pipeline.query.timeline import Event, Timeline
from tests.corpus import ROOT

HOSTILE = '</script><script>alert(1)</script>|`=cmd()` "quoted"\nnext'


def event(at: int, day: str, **fields: object) -> Event:
    values = {
        "issued": day,
        "symbol": f"{at}-QĐ/TU",
        "doc_type": "quy định",
        "number": str(at),
        "issuer": "Tỉnh ủy",
        "place": None,
        "title": None,
    }
    return Event(**{**values, "mentions": 1, "document_id": f"d-{at:012x}", "date": day, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 5, 300, 5000])
def test_any_number_of_documents_is_legible(count: int) -> None:
    """No picture is wider than a page, whatever it holds: many are counted."""
    events = [
        event(at, f"{1990 + at % 30}-{at % 12 + 1:02}-{at % 28 + 1:02}", doc_type=f"loại {at % 17}")
        for at in range(count)
    ]
    for shape in (None, "heat"):
        spec = chart(events, "vi", shape=shape)
        assert spec
        drawn = etree.fromstring(svg(spec).encode())
        assert float(drawn.get("width")) < 1400
        assert float(drawn.get("height")) < 1000
        assert len(svg(spec)) < 1_000_000


def test_what_is_unsure_is_drawn_as_a_span() -> None:
    spec = chart([event(1, "2021-03"), event(2, "2021-04-05"), event(3, "2019")], "vi")
    assert spec
    rows = {row["name"].split(",")[0]: (row["first"], row["last"], row["sure"]) for row in spec["data"]["values"]}
    assert rows["1-QĐ/TU"] == ("2021-03-01", "2021-03-31", False)
    assert rows["2-QĐ/TU"] == ("2021-04-05", "2021-04-05", True)
    assert rows["3-QĐ/TU"] == ("2019-01-01", "2019-12-31", False)


def test_an_interval_counts_in_no_period_that_it_is_not_wholly_in() -> None:
    dates = ["2021-03", "2021-03-04", "2021", "2021-02/2021-04", "2019-05-06"]
    events = [event(at, day) for at, day in enumerate(dates)]
    for by, counted, astride in (("month", 3, 2), ("quarter", 3, 2), ("year", 5, 0)):
        spec = chart(events, "vi", by=by, undated=7)  # type: ignore[arg-type]
        assert spec
        assert sum(cell["count"] for cell in spec["data"]["values"]) == counted
        notes = ["Không rõ ngày: 7", *([f"Có thể thuộc nhiều kỳ, không tính vào kỳ nào: {astride}"] if astride else [])]
        assert spec["title"]["subtitle"] == "; ".join(notes)
        assert all(note in svg(spec) for note in notes)


def test_few_documents_have_a_row_with_their_name_each() -> None:
    events = [
        event(at, f"2021-{at % 12 + 1:02}", doc_type=f"loại {at % 3}", symbol="Nghị quyết đại hội " * 9 + str(at))
        for at in range(25)
    ]
    spec = chart(events, "vi")
    assert spec
    drawn = etree.fromstring(svg(spec).encode())
    assert float(drawn.get("width")) < 1400
    assert all(len(row["group"]) <= 40 for row in spec["data"]["values"])
    few = chart([event(1, "2021-03"), event(2, "2022")], "vi")
    assert few
    assert [row["group"] for row in few["data"]["values"]] == ["1-QĐ/TU", "2-QĐ/TU"]


VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "".join(
    normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưy" for mark in "\u0300\u0301\u0303\u0309\u0323"
)
"""All letters of Vietnamese; a font without one draws it as it draws others."""
LETTERS = """
import sys, vl_convert
from pipeline.export.chart import FONT
HEAD = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="9" y="30" font-size="20" font-family="{FONT}">'
drawn = [vl_convert.svg_to_png(f"{HEAD}{letter}</text></svg>") for letter in [*sys.argv[1], " "]]
sys.exit(len(drawn) - len(set(drawn)))
"""


@pytest.mark.parametrize("fonts", ["installed", "none"])
def test_every_letter_is_drawn(fonts: str, tmp_path: Path) -> None:
    """Also where no fonts are installed: each letter, in both cases, is a picture of its own."""
    letters = VIETNAMESE + VIETNAMESE.upper()
    drawing = [sys.executable, "-c", LETTERS, letters]
    if fonts == "none":
        hide = 'for each in /usr/share/fonts /usr/local/share/fonts; do [ ! -d $each ] || mount -t tmpfs none $each; done; exec "$@"'
        if subprocess.run(
            ["unshare", "--mount", "sh", "-ec", hide, "sh", "true"], capture_output=True, check=False
        ).returncode:
            pytest.skip("mounting is not allowed here")
        drawing = ["unshare", "--mount", "sh", "-ec", hide, "sh", *drawing]
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    assert subprocess.run(drawing, env=environment, check=False).returncode == 0


def test_a_hostile_name_is_only_words(tmp_path: Path) -> None:
    from pipeline.export.provenance import Provenance
    from pipeline.export.timeline import Look, written

    odd = Timeline(
        [event(1, "2021-01-01", title=HOSTILE, issuer=HOSTILE, symbol=HOSTILE, doc_type=HOSTILE)],
        [event(2, "", title=HOSTILE)],
    )
    come = Provenance("sohieu", "sha256:0", {"about": HOSTILE}, {"events": 1}, None)
    for form in FORMATS:
        content = written(odd, form, come, Look())
        if form in ("html", "svg", "timelinejs"):
            assert b"<script>alert" not in content, form
    assert "'=cmd" in written(Timeline([event(1, "2021", title="=cmd()")], []), "csv", come, Look()).decode()
