"""extract: Text → Findings: all extractors in their order, one rule for overlaps.

Dates and units first, then references, which need both, then figures, which keep off dates and references.
Dates, units and figures may lie inside a named reference ("Báo cáo tổng kết 10 năm thực hiện …"); a figure
overlaps no date, no number of a document and no body with a number in its name.
"""

import re
from collections.abc import Sequence

from extractors.bodies import canonical_units
from extractors.dates import find_dates
from extractors.dates.completion import complete
from extractors.figures import find_figures
from extractors.models import Header, Reference
from extractors.province import find_province, province_of_site
from extractors.references import LETTERHEAD, find_references, is_blank_form
from extractors.relations import find_relations
from extractors.reports import tie
from extractors.units import find_units
from extractors.view import squeezed, view
from pipeline.corrections import Correction, Corrector
from pipeline.document import Findings, Text
from pipeline.letterhead import read_header, tell_recognised

_NUMBERED = re.compile(r"\d(?!\d| (?:năm|tháng|ngày))")
"""A number that names a body, and not a time that it keeps: "Ban Chỉ đạo 35"."""


def extract(text: Text, corrections: Sequence[Correction] = ()) -> Findings:
    """Everything that the extractors find in a text, with what people set right."""
    seen, correct = view(text.text), Corrector(text.text, corrections)
    tight = squeezed(seen)
    found_dates, found_units = find_dates(tight), find_units(tight)
    dates, units = correct("dates", found_dates.items), correct("units", found_units.items)
    found_references = find_references(seen, dates, units)
    references = correct("references", found_references.items)
    numbered = [unit for unit in units if _NUMBERED.search(unit.surface)]
    found_figures = find_figures(seen, [*dates, *references, *numbered])
    figures = correct("figures", found_figures.items)
    province = find_province(seen, units) or province_of_site(text.url, units)
    header = read_header(text, references, dates, units)
    own = _own_mention(references, header)
    header = header and tell_recognised(header, text)
    near = [*found_dates.near, *found_units.near, *found_references.near, *found_figures.near]
    return Findings(
        references=tuple(references),
        dates=complete(dates, text.published),
        units=tuple(units),
        bodies=tuple(canonical_units(units, province.name if province else None)),
        figures=tuple(tie(seen, figures, references, units)),
        relations=tuple(
            find_relations(seen, references, own is not None or header is not None or is_blank_form(seen), own)
        ),
        near=tuple(sorted(near, key=lambda miss: (miss.start, miss.end))),
        province=province.name if province else None,
        evidence=tuple((unit.start, unit.end) for unit in province.evidence) if province else (),
        own=own and _informed(own, header),
        header=header,
        links=correct.links,
        states=correct.states,
    )


def _own_mention(references: Sequence[Reference], header: Header | None) -> Reference | None:
    """The mention in the letterhead, or in what stands for it, by which a text that is a document names itself."""
    if header is None:
        return None
    spans = header.spans.get("symbol", ())
    flagged = (reference for reference in references if LETTERHEAD in reference.flags)
    named = (
        reference
        for reference in references
        if reference.number and any(reference.start < end and start < reference.end for start, end in spans)
    )
    return next(named, None) or next(flagged, None)


def _informed(own: Reference, header: Header | None) -> Reference:
    """A text's own mention with what its header tells where the mention says nothing; the header knows best where the subject ends."""
    if header is None:
        return own
    own = own.model_copy(update={"title": header.title}) if header.title and LETTERHEAD in own.flags else own
    told = {"issuer": header.issuing_body, "title": header.title, "issued": header.issued, "doc_type": header.doc_type}
    return own.model_copy(update={name: value for name, value in told.items() if value and not getattr(own, name)})
