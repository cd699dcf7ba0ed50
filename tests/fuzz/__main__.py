"""`make fuzz`: every target in turn, each in a process of its own, for FUZZ_SECONDS; exit status 1 if an input failed."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.corpus import ROOT, texts
from tests.fuzz import FOUND
from tests.fuzz.shrink import failure, shrink
from tests.fuzz.targets import TARGETS

GROWN = ROOT / "outputs" / "fuzz"
"""Bytes that reached something new, by target; the next run begins with them."""
HANGS, MEMORY = 60, 3_000
"""Seconds after which an input hangs, and MB that a target may take."""
_DONE = re.compile(r"number_of_executed_units: (\d+)")


def main() -> None:
    """Try the targets named, else all."""
    seconds = int(os.environ.get("FUZZ_SECONDS", "60"))
    failed = [told for name in sys.argv[1:] or TARGETS if (told := try_one(name, seconds))]
    for sentence in failed:
        print(sentence, file=sys.stderr)
    raise SystemExit(bool(failed))


def try_one(name: str, seconds: int) -> str | None:
    """Fuzz one target; a sentence if an input failed."""
    grown = GROWN / name
    grown.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={HANGS}",
            f"-rss_limit_mb={MEMORY}",
            f"-artifact_prefix={folder}/",
        ]
        options += ["-max_len=4096", "-len_control=20", "-print_final_stats=1", str(grown), *seeds(name, Path(folder))]
        command = [sys.executable, "-m", "tests.fuzz.one", name, *options]
        start = monotonic()
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        said = done.stdout.decode("utf-8", "replace")
        tried = _DONE.search(said)
        print(f"{name}: {int(tried[1]) if tried else 0:,} inputs in {monotonic() - start:.0f} s", flush=True)
        return _told(name, Path(folder), said) if done.returncode else None


def seeds(name: str, folder: Path) -> list[str]:
    """Where to begin: for bytes, the corpus's own files."""
    if name != "bytes":
        return []
    (folder / "seeds").mkdir()
    for file in texts():
        (folder / "seeds" / file.name).write_bytes(file.read_bytes()[:4096])
    return [str(folder / "seeds")]


def _told(name: str, folder: Path, said: str) -> str:
    """Keep what failed, made small, and say where."""
    artifact = next((file for file in folder.iterdir() if file.is_file()), None)
    last = "\n".join(said.splitlines()[-30:])
    if artifact is None:
        return f"fuzz: {name} did not run:\n{last}"
    target = TARGETS[name]
    made = target.make(artifact.read_bytes())
    hangs = artifact.name.startswith("timeout") or "TimeoutError" in said
    small = made if hangs or not failure(target.check, made) else shrink(target.check, made)
    FOUND.mkdir(exist_ok=True)
    kept = FOUND / f"{name}-{sha256(small).hexdigest()[:8]}"
    kept.write_bytes(small)
    errors = re.findall(r"^(?:\w+\.)*\w*(?:Error|Exception|Warning)\b.*", said, re.M)
    why = errors[0] if errors else artifact.name.split("-")[0]
    return f"fuzz: {name} fails on {kept.relative_to(ROOT)} ({why[:200]})"


if __name__ == "__main__":
    main()
