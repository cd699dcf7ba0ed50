"""Headers out of pictures: a number that was recognised may be misread, so its header says how it was had."""

from itertools import chain

from extractors.models import Header
from pipeline.document import Text

RECOGNISED = "recognised"


def tell_recognised(header: Header, text: Text) -> Header:
    """The header, flagged if a field of it stands on a page that was recognised from a picture."""
    pages = {page.number for page in text.pages if page.how == "ocr"}
    pictures = [(block.start, block.end) for block in text.blocks if block.page in pages]
    fields = list(chain.from_iterable(header.spans.values()))
    if not any(start < to and begin < end for start, end in fields for begin, to in pictures):
        return header
    return header.model_copy(update={"flags": (*header.flags, RECOGNISED)})
