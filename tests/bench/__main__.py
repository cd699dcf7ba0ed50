"""`make bench`: the whole line against underthesea's own word_tokenize on the same text in the same run."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from extractors.dates import find_dates
from extractors.figures import find_figures
from extractors.references import find_references
from extractors.units import find_units
from extractors.view import view
from tests.bench import exports, lookup, pdf
from tests.bench.generator import generate
from tests.bench.line import alone, measure_line, reference, run_jobs, seconds, segmentation, write
from tests.bench.mentions import measure
from tests.corpus import ROOT
from tests.hostile import HOSTILE, hostile

MEGABYTE = 1_000_000
SIZE = int(float(os.environ.get("BENCH_MB", "5")) * MEGABYTE)
ROUNDS = 5
"""Times that the reference, the segmentation and the line are measured, in turn; the best counts, as others may use the machine."""
HOSTILE_SIZES = (MEGABYTE // 8, MEGABYTE)
"""Characters of each hostile shape."""
SHARED = 5
"""Times the text of the other measurements that is shared among processes."""
TURNS = 2
"""How often one process and two are measured, each a matter of minutes."""
LINKED = (25_000, 200_000)
"""Mentions that are linked."""
NEWS = ROOT.parent / "shared" / "data" / "news"

PLAIN = (
    re.compile(r"\b\d{1,5}\s?[-/]\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{2,}[A-ZĐa-z]*(?:\s?[-/]\s?[A-ZĐ][A-ZĐa-z]*)+"),
    re.compile(
        r"(?i)\b(?:nghị quyết|chỉ thị|kết luận|quy định|quyết định|kế hoạch|hướng dẫn|thông báo|đề án)\s+(?:số\s+)?\d{1,5}"
    ),
    re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\b"),
    re.compile(r"(?i)\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"),
)
"""What one would write in an afternoon: symbols, types with numbers, days in digits, days in words."""


def main() -> None:
    """Print one table; ratios are firmer than figures."""
    generated = list(generate(SIZE))
    report("generated from the corpus", generated)
    if NEWS.is_dir():
        report("news beside the checkout", [path.read_text("utf-8") for path in sorted(NEWS.glob("*.md"))])
    pdf.report()
    lookup.report()
    exports.report()
    shapes()
    linking()
    processes()
    starts()


def report(name: str, texts: Sequence[str]) -> None:
    """Reference, line and extractors on one set of texts."""
    size = bytes_of(texts) / MEGABYTE
    print(f"\n{name}: {len(texts)} texts, {size:.1f} MB; best of {ROUNDS}")
    best = in_turn(
        reference=lambda: (alone(reference, texts), 0),
        segmentation=lambda: (alone(segmentation, texts), 0),
        words=lambda: measured(texts, True),
        words_start=lambda: measured(texts[:1], True),
        none=lambda: measured(texts, False),
        none_start=lambda: measured(texts[:1], False),
    )
    expected = best["reference"][0]
    row("underthesea word_tokenize (reference)", size / expected, 1.0)
    spent = best["segmentation"][0]
    row("segmentation: sentences and words", size / spent, expected / spent)
    for words, label in (("words", "files to database, words stored"), ("none", "files to database, no words")):
        (spent, memory), (start, _) = best[words], best[f"{words}_start"]
        row(label, size / spent, expected / spent)
        more = (spent - start) / (size - bytes_of(texts[:1]) / MEGABYTE)
        row(f"  each megabyte after a start of {start:.1f} s", 1 / more, expected / size / more)
        print(f"  {'':44} time is {spent / expected:.2f} of the reference; peak memory {memory:.0f} MB")
    views = [view(text) for text in texts]
    for label, find in finders().items():
        row(label, size / seconds(lambda find=find: [find(seen) for seen in views]), None)  # type: ignore[misc]
    plain = seconds(lambda: [plain_patterns(text) for text in texts])
    row("four plain patterns with spans", size / plain, None)
    for label, find in (
        ("references and dates together", references_and_dates),
        ("units and figures together", units_and_figures),
    ):
        spent = seconds(lambda find=find: [find(text) for text in texts])  # type: ignore[misc]
        row(label, size / spent, None)
        print(f"  {'':44} time is {spent / plain:.2f} of the four patterns")


def in_turn(**works: Callable[[], tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The best that each work tells of several rounds of all."""
    rounds = [{name: work() for name, work in works.items()} for _ in range(ROUNDS)]
    return {name: min(told[name] for told in rounds) for name in works}


def measured(texts: Sequence[str], words: bool) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of the line, files to a database of their own."""
    with TemporaryDirectory() as folder:
        write(texts, Path(folder))
        return measure_line(Path(folder), words)


def shapes() -> None:
    """References and dates of a megabyte of each hostile shape, and the work for eight times the text."""
    print("\nhostile shapes: references and dates")
    for shape in HOSTILE:
        texts = [hostile(shape, size) for size in HOSTILE_SIZES]
        small, large = (seconds(lambda text=text: references_and_dates(text)) for text in texts)  # type: ignore[misc]
        print(
            f"  {shape:44} {bytes_of(texts[1:]) / MEGABYTE / large:8.2f} MB/s {large / small:6.1f} times the time for 8 times the text"
        )


def linking() -> None:
    """Mentions linked in a second of CPU, at two sizes: the speed should not fall with the size."""
    print("\nlinking of mentions")
    for count in LINKED:
        with TemporaryDirectory() as folder:
            spent, documents = measure(count, Path(folder))
        print(f"  {f'{count:,} mentions of {documents:,} documents':44} {count / spent:8,.0f} mentions/s")


def processes() -> None:
    """Seconds by the clock with one process and with two, on enough text for starting them to weigh little."""
    print(f"\nprocesses, files to database, words stored; best of {TURNS} in turn")
    with TemporaryDirectory() as folder:
        write(list(generate(SHARED * SIZE, each=800)), Path(folder))
        one, two = map(
            min, zip(*([run_jobs(Path(folder), jobs) for jobs in (1, 2)] for _ in range(TURNS)), strict=True)
        )
    row(f"{SHARED * SIZE / MEGABYTE:.0f} MB, --jobs 1: {one:.1f} s", SHARED * SIZE / MEGABYTE / one, None)
    print(f"  {f'--jobs 2: {two:.1f} s':44} {one / two:8.2f} times as fast")


def references_and_dates(text: str) -> object:
    """Both, as the line calls them: on one view."""
    seen = view(text)
    return find_references(seen, find_dates(seen).items)


def units_and_figures(text: str) -> object:
    """Both on one view; figures keep off nothing here."""
    seen = view(text)
    return find_units(seen), find_figures(seen)


def plain_patterns(text: str) -> list[tuple[int, int]]:
    """What four plain patterns find."""
    return [match.span() for pattern in PLAIN for match in pattern.finditer(text)]


def finders() -> dict[str, Callable[..., object]]:
    """The extractors, each alone on a ready view."""
    return {"dates": find_dates, "units": find_units, "references": find_references, "figures": find_figures}


def bytes_of(texts: Sequence[str]) -> int:
    """Bytes of UTF-8."""
    return sum(len(text.encode()) for text in texts)


def row(label: str, speed: float, ratio: float | None) -> None:
    """One line of the table."""
    shown = "" if ratio is None else f"{ratio:6.2f} times the reference's speed"
    print(f"  {label:44} {speed:8.2f} MB/s {shown}")


def starts() -> None:
    """Time from a cold start to the end, the best of five."""
    print("\nstart-up")
    for args in (["--version"], ["lookup", "682"]):
        command = [str(Path(sys.executable).with_name("sohieu")), *args]
        best = min(wall(command) for _ in range(5))
        print(f"  sohieu {' '.join(args):38} {best:8.2f} s")


def wall(command: Sequence[str]) -> float:
    """Seconds by the clock."""
    start = perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return perf_counter() - start


if __name__ == "__main__":
    main()
