"""A comparison as a page of HTML that stands alone; everything from texts is escaped."""

from pipeline.export.pages import page
from pipeline.query.compare import Comparison

KINDS = ("same", "gained", "lost", "changed")


def compare_page(done: Comparison, old: str, new: str) -> str:
    """The page, in English; `old` and `new` are the names of the databases."""
    return page("compare.html", done=done, old=old, new=new, kinds=KINDS)
