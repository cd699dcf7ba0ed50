"""Runs the commands of a Markdown page and compares what they print: `python tests/readme.py README.md`.

Commands stand in blocks marked `console`, each behind "$ ". The lines below a command are what it prints; a line
that is only "…" stands for any lines. `make` is left out: it would run this.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
ANY = "…"


def examples(page: str) -> Iterator[tuple[str, list[str]]]:
    """Commands with the lines that they are said to print."""
    for block in _BLOCK.findall(page):
        command, lines = "", list[str]()
        for line in block.rstrip("\n").split("\n"):
            if line.startswith("$ "):
                if command:
                    yield command, lines
                command, lines = line[2:], []
            else:
                lines.append(line)
        yield command, lines


def matches(printed: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether lines are as expected; "…" stands for any number of them."""
    if not expected or expected == [ANY]:
        return bool(expected) or list(printed) in ([], [""])
    first, *rest = expected
    if first == ANY:
        return any(matches(printed[at:], rest) for at in range(len(printed)) if printed[at] == rest[0])
    return bool(printed) and printed[0] == first and matches(printed[1:], rest)


def main(path: Path) -> int:
    """Run all commands of a page; the number of those that print something else."""
    wrong = 0
    with TemporaryDirectory() as folder:
        binaries = Path(sys.executable).parent
        environment = {**os.environ, "SOHIEU_DB": f"{folder}/sohieu.db", "PATH": f"{binaries}:{os.environ['PATH']}"}
        for command, expected in examples(path.read_text("utf-8")):
            if command.startswith("make "):
                continue
            done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=environment)
            printed = (done.stdout + done.stderr).rstrip("\n").split("\n")
            while expected and not expected[-1]:
                expected.pop()
            if not matches([line.rstrip() for line in printed], expected):
                wrong += 1
                print(f"$ {command}\n" + "\n".join(printed) + "\n--- but the page says:\n" + "\n".join(expected))
    print(
        f"{path}: {wrong} of its commands print something else" if wrong else f"{path}: all commands print what it says"
    )
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
