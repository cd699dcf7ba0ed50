"""Every pattern that the project compiles: `python -m tests.redos.patterns` prints them as JSON.

It runs in a process of its own, which records what `re` compiles from the first import on, calls each cached function without
parameters, and takes the corpus through all stages and questions; a profiler tells which methods of a pattern are called.
"""

import ast
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout, suppress
from dataclasses import asdict, dataclass, field
from functools import _lru_cache_wrapper
from importlib import import_module
from inspect import signature
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType, ModuleType
from typing import Any

from tests.cases import load
from tests.corpus import GOLD, ROOT, TEXTS

CASES = ROOT / "tests" / "cases"
PACKAGES = ("extractors", "pipeline")
COMPILING = tuple(
    f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer")
)


@dataclass(slots=True)
class Used:
    """A pattern, the lines that compile it ("extractors.view:41"), and the methods that are called on it ("search", "match")."""

    pattern: str
    flags: int
    binary: bool
    lines: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)

    def compiled(self) -> re.Pattern[str] | re.Pattern[bytes]:
        """The pattern again."""
        return re.compile(self.pattern.encode("latin-1") if self.binary else self.pattern, self.flags)


def patterns() -> list[Used]:
    """All patterns, from a process that does nothing else."""
    command = [sys.executable, "-m", "tests.redos.patterns"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    return [Used(**values) for values in json.loads(done.stdout)]


def written() -> dict[str, str | bytes | None]:
    """The lines of the project that compile a pattern, with the pattern if it is written out there."""
    found: dict[str, str | bytes | None] = {}
    for file in chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in COMPILING:
                first = node.args[0]
                found[f"{module}:{node.lineno}"] = first.value if isinstance(first, ast.Constant) else None  # type: ignore[assignment]
    return found


class Recorder:
    """Keeps what modules of the project compile and call."""

    def __init__(self) -> None:
        self.used: dict[int, tuple[re.Pattern[Any], Used]] = {}
        self._compile: Callable[..., re.Pattern[Any]] = vars(re)["_compile"]

    def compile(self, pattern: str | bytes | re.Pattern[Any], flags: int = 0) -> re.Pattern[Any]:
        """As `re` compiles, and kept if a module of the project asks for it."""
        made = self._compile(pattern, flags)
        frame: FrameType | None = sys._getframe(1)
        while frame and frame.f_globals.get("__name__") == "re":
            frame = frame.f_back
        module = frame.f_globals.get("__name__", "") if frame else ""
        if frame and module.split(".")[0] in PACKAGES:
            self._keep(made, f"{module}:{frame.f_lineno}")
        return made

    def _keep(self, made: re.Pattern[Any], line: str) -> None:
        source, binary = made.pattern, isinstance(made.pattern, bytes)
        used = Used(source.decode("latin-1") if binary else source, int(made.flags), binary)
        known = self.used.setdefault(id(made), (made, used))[1]
        if line not in known.lines:
            known.lines.append(line)

    def add(self, patterns: Mapping[str, str | bytes | None]) -> None:
        """Keep what is written out in lines that were not run."""
        run = {line for _, used in self.used.values() for line in used.lines}
        for line, pattern in patterns.items():
            if pattern is not None and line not in run:
                self._keep(self._compile(pattern, 0), line)

    def profile(self, _: FrameType, event: str, called: object) -> None:
        """Keep which method of a pattern is called."""
        pattern = getattr(called, "__self__", None) if event == "c_call" else None
        if isinstance(pattern, re.Pattern) and id(pattern) in self.used:
            methods = self.used[id(pattern)][1].methods
            name = str(getattr(called, "__name__", ""))
            if name not in methods:
                methods.append(name)


def _record() -> list[Used]:
    recorder = Recorder()
    vars(re)["_compile"] = recorder.compile
    modules = [
        import_module(module.name)
        for package in PACKAGES
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}.")
    ]
    for module in modules:
        _call_cached(module)
    sys.setprofile(recorder.profile)
    _work()
    sys.setprofile(None)
    recorder.add(written())
    return [used for _, used in recorder.used.values()]


def _call_cached(module: ModuleType) -> None:
    for value in list(vars(module).values()):
        if isinstance(value, _lru_cache_wrapper) and not signature(value).parameters:
            value()


def _work() -> None:
    """Files, the whole line, questions, corrections, scores, and the texts of all cases."""
    from pipeline.document import ReadError
    from pipeline.read.formats import read_format
    from pipeline.read.legacy import mend
    from pipeline.read.options import Request
    from pipeline.read.sniff import sniff
    from pipeline.run import ingest
    from pipeline.score import score_folder
    from pipeline.stages import analyse_bytes
    from pipeline.web.sentences import in_language
    from tests.fuzz.targets import TARGETS

    for file in (*(CASES.parents[1] / "corpus" / "formats").iterdir(), *TEXTS.rglob("*.html")):
        with suppress(ReadError):  # here, and not in a process of its own
            content = file.read_bytes()
            read_format(Request(content, "", sniff(content, file.suffix)))
    with TemporaryDirectory() as folder:
        ingest([TEXTS], Path(folder) / "x.db", jobs=1)
    for typed in ("682 qd tu", '"hồ sơ" đảng viên', "quy định số 682-QĐ/TU năm 2017"):
        TARGETS["query"].check(typed.encode())
    for name in ("corrections", "authority"):
        TARGETS[name].check(TARGETS[name].make(bytes(40)))
    score_folder(GOLD)
    in_language("a sentence that the table has not", "vi")
    mend("Chỉ thị\nQuyÕt ®Þnh sè 5 Chỉ ngµy th¸ng n¨m")
    for case in chain.from_iterable(load(file.stem) for file in CASES.glob("*.toml")):
        with suppress(ReadError):
            analyse_bytes(str(case.get("text") or case).encode(), "x.txt", words=False)


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        found = _record()
    print(json.dumps([asdict(used) for used in found]))
