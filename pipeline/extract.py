"""extract: Text → Findings: all extractors in their order, one rule for overlaps.

Dates and units first, then references, which need both, then figures, which keep off dates and references.
Dates, units and figures may lie inside a named reference ("Báo cáo tổng kết 10 năm thực hiện …"); a figure
overlaps no date and no number of a document.
"""

from extractors.dates import find_dates
from extractors.figures import find_figures
from extractors.models import Reference
from extractors.province import find_province
from extractors.references import find_references
from extractors.units import find_units
from extractors.view import view
from pipeline.document import Findings, Text


def extract(text: Text) -> Findings:
    """Everything that the extractors find in a text."""
    seen = view(text.text)
    dates = find_dates(seen)
    units = find_units(seen)
    references = find_references(seen, dates.items, units.items)
    numbers = [reference for reference in references.items if reference.number]
    figures = find_figures(seen, [*dates.items, *numbers])
    province = find_province(seen, units.items)
    near = [*dates.near, *units.near, *references.near, *figures.near]
    return Findings(
        references=tuple(references.items),
        dates=tuple(dates.items),
        units=tuple(units.items),
        figures=tuple(figures.items),
        near=tuple(sorted(near, key=lambda miss: (miss.start, miss.end))),
        province=province.name if province else None,
        own=_own_mention(text, references.items),
    )


def _own_mention(text: Text, references: list[Reference]) -> Reference | None:
    """The mention in the letterhead by which a text that is a document names itself."""
    heads = [block for block in text.blocks if block.kind == "letterhead"]
    for reference in references:
        if reference.form == "numbered" and any(b.start <= reference.start < b.end for b in heads):
            return reference
    return None
