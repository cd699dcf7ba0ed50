"""The accuracy card: counts, floors below which it must not fall, and what was gained and lost since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractors.models import Reference, Span
from extractors.view import fold
from pipeline.score.gold import FAMILIES, Annotation, GoldText, read_gold
from pipeline.score.matching import FIELDS, HEADER, Located, Pair, is_counted, match, names_of


@dataclass(slots=True)
class Card:
    """Counts of a folder of gold: by family and form [right, missed, spurious], by field [right, counted].

    `errors` names every miss and every spurious finding by text, family and offsets.
    """

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    fields: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    errors: dict[str, str] = field(default_factory=dict)

    def figures(self) -> dict[str, float]:
        """All measures by name, such as `references.f1`, `references.issued.acc`, `units.exact`."""
        measures: dict[str, float] = {}
        for name, (right, missed, spurious) in sorted(self.counts.items()):
            precision = right / (right + spurious) if right + spurious else 1.0
            recall = right / (right + missed) if right + missed else 1.0
            total = precision + recall
            measures |= {
                f"{name}.p": precision,
                f"{name}.r": recall,
                f"{name}.f1": 2 * precision * recall / total if total else 0.0,
            }
        rates = {name: right / counted for name, (right, counted) in sorted(self.fields.items()) if counted}
        return {name: round(value, 4) for name, value in (measures | rates).items()}


def score_folder(folder: Path) -> Card:
    """Run the extractors over a folder of gold and count; GoldError if an annotation does not fit."""
    card = Card()
    for gold in read_gold(folder):
        _count_province(card, gold)
        _count_header(card, gold)
        for family in FAMILIES:
            _count_family(card, gold, family)
        if gold.relations is not None:
            _count_relations(card, gold, gold.relations)
    return card


def _count_province(card: Card, gold: GoldText) -> None:
    right = _place(gold.province) == _place(gold.done.findings.province)
    card.fields["province.acc"][0] += right
    card.fields["province.acc"][1] += 1
    if not right:
        card.errors[f"{gold.id} province"] = f"gold {gold.province}, found {gold.done.findings.province}"


def _count_header(card: Card, gold: GoldText) -> None:
    """Whether a document was known as one, and its fields; documents without an annotated header are not counted."""
    found = gold.done.findings.header
    if gold.header is None:
        if found and gold.kind == "news":
            card.counts["header"][2] += 1
            card.errors[f"{gold.id} header spurious"] = found.symbol or found.title or "nameless"
        return
    card.counts["header"][0 if found else 1] += 1
    for name, same in HEADER.items():
        said, read = gold.header.get(name), found and getattr(found, name)
        if said or read:
            _tally(card, f"header.{name}.acc", f"{gold.id} header.{name}", same(said, read), said, read)


def _tally(card: Card, measure: str, error: str, right: bool, said: object, read: object) -> None:
    tally = card.fields[measure]
    tally[0] += right
    tally[1] += 1
    if not right:
        card.errors[error] = f"gold {said!r}, found {read!r}"


def _count_relations(card: Card, gold: GoldText, notes: Sequence[Annotation]) -> None:
    """Relations by who, what and to whom; one that several sentences state counts once."""
    called = names_of(gold.done.findings)
    expected = {(called(n["from"]), str(n["type"]), called(n["to"])) for n in notes}
    found = {(called(r.origin), str(r.kind), called(r.to)) for r in gold.done.findings.relations}
    for column, group in enumerate((expected & found, expected - found, found - expected)):
        card.counts["relations"][column] += len(group)
    for word, group in (("missed", expected - found), ("spurious", found - expected)):
        card.errors |= {f"{gold.id} relations {word} {origin} {kind} {to}": to for origin, kind, to in sorted(group)}


def _place(name: str | None) -> str:
    bare = fold(name or "").lower().removeprefix("tỉnh ").removeprefix("thành phố ").removeprefix("tp. ")
    return {"thừa thiên huế": "huế", "thừa thiên - huế": "huế"}.get(bare, bare)


def _count_family(card: Card, gold: GoldText, family: str) -> None:
    found: tuple[Span, ...] = getattr(gold.done.findings, family)
    pairs, missed, spurious = match(gold.annotations[family], found)
    for pair in pairs:
        _count_pair(card, gold.id, family, pair)
    for span, note in missed:
        _add(card, family, note.get("form"), 1)
        card.errors[f"{gold.id} {family} missed {span[0]}-{span[1]}"] = str(note["surface"])
    for item in spurious:
        _add(card, family, item.form if isinstance(item, Reference) else None, 2)
        card.errors[f"{gold.id} {family} spurious {item.start}-{item.end}"] = item.surface


def _count_pair(card: Card, text: str, family: str, pair: Pair) -> None:
    (span, note), item = pair
    _add(card, family, note.get("form"), 0)
    exact = card.fields[f"{family}.exact"]
    exact[0] += span == (item.start, item.end)
    exact[1] += 1
    for name, same in FIELDS[family].items():
        if is_counted(name, note, item):
            _count_field(card, text, family, name, pair, same(note.get(name), getattr(item, name)))


def _count_field(card: Card, text: str, family: str, name: str, pair: tuple[Located, Span], right: bool) -> None:
    (span, note), item = pair
    error = f"{text} {family}.{name} {span[0]}-{span[1]}"
    _tally(card, f"{family}.{name}.acc", error, right, note.get(name), getattr(item, name))


def _add(card: Card, family: str, form: object, column: int) -> None:
    card.counts[family][column] += 1
    if form:
        card.counts[f"{family}.{form}"][column] += 1


def compare(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Sentences on each figure that is below its floor."""
    return [
        f"{name} is {figures.get(name, 0):.4f}, below its floor {floor:.4f}"
        for name, floor in floors.items()
        if figures.get(name, 0) < floor
    ]


def gained_and_lost(errors: Iterable[str], before: Iterable[str]) -> tuple[list[str], list[str]]:
    """Errors of before that are gone, and new ones."""
    now, then = set(errors), set(before)
    return sorted(then - now), sorted(now - then)
