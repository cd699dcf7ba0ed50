"""underthesea's bundled model of word segmentation, read into tables for decoding.

The file is CRFsuite's (magic "lCRF"): a header, features of 20 bytes (type, source, target, weight), and two
constant databases ("CQDB") that give the strings of labels and attributes. Two labels, B-W and I-W; 50,671
attributes such as "T[-1,0].lower=ban thường". Only what favours I-W over B-W matters, so each attribute
becomes one number. `FINGERPRINT` is that of the model known here; for any other the library itself is used.
"""

import pickle
import struct
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

TEMPLATES, WORDS, WEIGHTS = "features.bin", "dictionary.bin", "models.bin"
FINGERPRINT = "9d7f971890eaf723"
"""First 16 hexadecimal digits of the SHA-256 over features.bin, dictionary.bin and models.bin."""
LABELS = ["B-W", "I-W"]
_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_CQDB = struct.Struct("<4sIIIII")


class ModelError(Exception):
    """The bundled model is not the one known here; the message says which file."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by template and value, in favour of I-W; transitions; the dictionary of n-grams."""

    weights: dict[str, dict[str, float]]
    begin_begin: float
    begin_inside: float
    inside_begin: float
    inside_inside: float
    words: frozenset[str]


def load_model(folder: Path) -> Model:
    """Read the model in `folder`; ModelError if it is another than the one known."""
    found = sha256(b"".join((folder / name).read_bytes() for name in (TEMPLATES, WORDS, WEIGHTS))).hexdigest()[:16]
    if found != FINGERPRINT:
        raise ModelError(f"{folder} holds another model ({found}) than the one known ({FINGERPRINT})")
    content = (folder / WEIGHTS).read_bytes()
    header = _HEADER.unpack_from(content)
    features, labels, attributes = header[7:10]
    if _strings(content, labels) != LABELS:
        raise ModelError(f"{folder} has other labels than {LABELS}")
    weights, transitions = _weights(content, features, _strings(content, attributes))
    begin_begin, begin_inside, inside_begin, inside_inside = transitions
    return Model(weights, begin_begin, begin_inside, inside_begin, inside_inside, _load_words(folder))


def _load_words(folder: Path) -> frozenset[str]:
    """The dictionary of n-grams of the model that `load_model` knows; joblib's file, which joblib would take 0.5 s to read."""
    return frozenset(pickle.loads((folder / WORDS).read_bytes()))


def load_templates(folder: Path) -> list[str]:
    """The templates of features of the model that `load_model` knows."""
    return list(pickle.loads((folder / TEMPLATES).read_bytes()))


def _weights(content: bytes, at: int, names: list[str]) -> tuple[dict[str, dict[str, float]], list[float]]:
    """Weights by template and value, and transitions BB, BI, IB, II."""
    found = np.frombuffer(content, _FEATURE, struct.unpack_from("<I", content, at + 8)[0], at + 12)
    state, step = found[found["kind"] == 0], found[found["kind"] != 0]
    transitions = np.zeros(len(LABELS) ** 2)
    transitions[len(LABELS) * step["source"] + step["label"]] = step["weight"]
    favour = np.where(state["label"], state["weight"], -state["weight"])
    sums = np.bincount(state["source"], favour, len(names)).tolist()
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for name, weight in zip(names, sums, strict=True):
        template, _, value = name.partition("=")
        weights[template][value] = weight
    return dict(weights), transitions.tolist()


def _strings(content: bytes, at: int) -> list[str]:
    """The strings of a constant database, in order of their numbers."""
    _, _, _, _, size, backward = _CQDB.unpack_from(content, at)
    offsets = struct.unpack_from(f"<{size}I", content, at + backward)
    return [_string(content, at + offset) for offset in offsets]


def _string(content: bytes, at: int) -> str:
    length = struct.unpack_from("<I", content, at + 4)[0]
    return content[at + 8 : at + 8 + length - 1].decode("utf-8")
