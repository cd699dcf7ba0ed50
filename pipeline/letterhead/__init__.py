"""letterhead: what a text that is a document says of itself, out of its letterhead, title line, enacting clause and signature.

`zone` finds where a letterhead may stand, `cells` brings its columns in order, `marks` knows its parts, `head` and `title` read
them, `signature` reads who signed, `issuing` which body acts, `traces` what stamps, captions and title lines tell where a head is lost,
`recognised` flags what was read from a picture.
"""

from pipeline.letterhead.reader import read_header
from pipeline.letterhead.recognised import tell_recognised

__all__ = ["read_header", "tell_recognised"]
