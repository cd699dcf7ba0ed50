"""Text in Vietnamese encodings older than Unicode: told by fonts or by statistics, and converted.

Word, RTF and PDF give such text as characters of windows-1252, one for each byte; plain text gives the bytes. `data/` holds the
tables: `codes.csv` the encodings, `aliases.csv` other characters that stand for a byte, `fonts.csv` the names of fonts, and
`onsets.csv` and `rimes.csv` how often the parts of syllables occur in `corpus/texts` (`python -m pipeline.read.legacy.count`).
"""

from pipeline.read.legacy.content import decode_legacy
from pipeline.read.legacy.convert import convert
from pipeline.read.legacy.detect import detect
from pipeline.read.legacy.fonts import FontEncoding, encoding_of_font
from pipeline.read.legacy.mend import mend, mend_page
from pipeline.read.legacy.runs import convert_runs, convert_runs_told
from pipeline.read.legacy.tables import Encoding, low_letters
from pipeline.read.legacy.twice import TWICE, once

__all__ = [
    "TWICE",
    "Encoding",
    "FontEncoding",
    "convert",
    "convert_runs",
    "convert_runs_told",
    "decode_legacy",
    "detect",
    "encoding_of_font",
    "low_letters",
    "mend",
    "mend_page",
    "once",
]
