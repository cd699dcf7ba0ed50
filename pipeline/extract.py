"""extract: Text → Findings: all extractors in their order, one rule for overlaps.

Dates and units first, then references, which need both, then figures, which keep off dates and references.
Dates, units and figures may lie inside a named reference ("Báo cáo tổng kết 10 năm thực hiện …"); a figure
overlaps no date and no number of a document.
"""

from collections.abc import Sequence

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
from pipeline.corrections import Correction, Corrector
from pipeline.document import Findings, Text


def extract(text: Text, corrections: Sequence[Correction] = ()) -> Findings:
    """Everything that the extractors find in a text, with what people set right."""
    seen, correct = view(text.text), Corrector(text.text, corrections)
    found_dates, found_units = find_dates(seen), find_units(seen)
    dates, units = correct("dates", found_dates.items), correct("units", found_units.items)
    found_references = find_references(seen, dates, units)
    references = correct("references", found_references.items)
    found_figures = find_figures(seen, [*dates, *references])
    figures = correct("figures", found_figures.items)
    province = find_province(seen, units) or province_of_site(text.url, units)
    own = _own_mention(references)
    near = [*found_dates.near, *found_units.near, *found_references.near, *found_figures.near]
    return Findings(
        references=tuple(references),
        dates=complete(dates, text.published),
        units=tuple(units),
        bodies=tuple(canonical_units(units, province.name if province else None)),
        figures=tuple(tie(seen, figures, references, units)),
        relations=tuple(find_relations(seen, references, own is not None or is_blank_form(seen), own)),
        near=tuple(sorted(near, key=lambda miss: (miss.start, miss.end))),
        province=province.name if province else None,
        evidence=tuple((unit.start, unit.end) for unit in province.evidence) if province else (),
        own=own,
        links=correct.links,
        states=correct.states,
    )


def _own_mention(references: list[Reference]) -> Reference | None:
    """The mention in the letterhead by which a text that is a document names itself."""
    return next((reference for reference in references if LETTERHEAD in reference.flags), None)
