"""The line from files to a database one can ask: read → clean → segment → extract → resolve → store → query → export.

>>> analyse("theo Quy định số 682-QĐ/TU")["references"][0]["symbol"]
'682-QĐ/TU'
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def analyse(text: str) -> dict[str, object]:
    """Everything found in a string, as `sohieu extract` prints it for a file."""
    from pipeline.report import report  # noqa: PLC0415  (keeps `import pipeline` light)
    from pipeline.stages import analyse_bytes  # noqa: PLC0415

    return report(analyse_bytes(text.encode("utf-8"), "text.txt", words=False), None)


def load_spacy() -> "Language":
    """A spaCy pipeline with underthesea's words and the four extractors, from `pipeline/config.cfg`."""
    from spacy.util import load_model_from_config, registry  # noqa: PLC0415
    from thinc.api import Config  # noqa: PLC0415

    registry.tokenizers.get("sohieu.underthesea.v1")
    config = Config().from_disk(Path(__file__).with_name("config.cfg"))
    return load_model_from_config(config, auto_fill=True)
