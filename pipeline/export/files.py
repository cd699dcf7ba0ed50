"""Exports as files: each says where it comes from, in a file beside it if it has no place for that itself."""

import json
from collections.abc import Mapping
from pathlib import Path

from pipeline.export.provenance import Provenance
from pipeline.writing import Together, is_stream, together

BESIDE = "-metadata.json"
"""What the name of a file ends in that says where the one of the name before it comes from; CSV on the Web calls it so."""


def write_export(path: Path, content: bytes, source: Provenance, apart: Mapping[str, object] | None) -> None:
    """Write a file, and one beside it with `apart` and where both come from, unless `apart` is None; WriteError if they cannot be written."""
    with together() as files:
        files.put(path, content)
        if apart is not None:
            say_beside(files, path, {**about(path.name, source), **apart})


def say_beside(files: Together, path: Path, said: Mapping[str, object]) -> None:
    """Write JSON to a file beside `path`; nothing is beside a stream."""
    if not is_stream(path):
        files.put(path.with_name(f"{path.name}{BESIDE}"), as_json(said))


def as_json(said: Mapping[str, object]) -> str:
    """What stands beside a file."""
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def about(name: str, source: Provenance) -> dict[str, object]:
    """Which file is meant, and where it comes from."""
    return {"url": name, "provenance": source.told()}
