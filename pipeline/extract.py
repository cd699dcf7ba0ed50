"""extract: Text → Findings: all extractors in their order, one rule for overlaps.

Dates and units first, then references, which need both, then figures, which keep off dates and references.
Dates, units and figures may lie inside a named reference ("Báo cáo tổng kết 10 năm thực hiện …"); a figure
overlaps no date and no number of a document.
"""

from extractors.bodies import canonical_units
from extractors.dates import find_dates
from extractors.dates.completion import complete
from extractors.figures import find_figures
from extractors.models import Reference
from extractors.province import find_province, province_of_site
from extractors.references import LETTERHEAD, find_references, is_blank_form
from extractors.relations import find_relations
from extractors.reports import tie
from extractors.units import find_units
from extractors.view import view
from pipeline.document import Findings, Text


def extract(text: Text) -> Findings:
    """Everything that the extractors find in a text."""
    seen = view(text.text)
    dates = find_dates(seen)
    units = find_units(seen)
    references = find_references(seen, dates.items, units.items)
    figures = find_figures(seen, [*dates.items, *references.items])
    province = find_province(seen, units.items) or province_of_site(text.url, units.items)
    own = _own_mention(references.items)
    near = [*dates.near, *units.near, *references.near, *figures.near]
    return Findings(
        references=tuple(references.items),
        dates=complete(dates.items, text.published),
        units=tuple(units.items),
        bodies=tuple(canonical_units(units.items, province.name if province else None)),
        figures=tuple(tie(seen, figures.items, references.items, units.items)),
        relations=tuple(find_relations(seen, references.items, own is not None or is_blank_form(seen), own)),
        near=tuple(sorted(near, key=lambda miss: (miss.start, miss.end))),
        province=province.name if province else None,
        evidence=tuple((unit.start, unit.end) for unit in province.evidence) if province else (),
        own=own,
    )


def _own_mention(references: list[Reference]) -> Reference | None:
    """The mention in the letterhead by which a text that is a document names itself."""
    return next((reference for reference in references if LETTERHEAD in reference.flags), None)
