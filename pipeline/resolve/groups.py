"""All mentions of one symbol → its documents.

Rules, in order, each named in the link: "own number" (the text is the document), "year in symbol", "symbol and
place and date", "symbol and place" (the only document there before the text's date), those of `choice`, "symbol and date" (place
unknown, one document of that day), "alone in its text". What none settles stays ambiguous with its candidates. Known documents
take part: a day that may be a misprint of a known one is that one's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.resolve.choice import OF_ANOTHER_TERM, Candidate, choose, is_of_another_term, said_term
from pipeline.resolve.dates import cluster_days, days_between, may_cite, same_issue
from pipeline.resolve.known import SURE, Known
from pipeline.resolve.mentions import Document, Link, Mention, Status, document_id
from pipeline.resolve.place import contradicts, is_local, is_provincial, system_of, year_in

MOST_CANDIDATES = 20
"""Documents that an ambiguous mention lists, the most cited first."""
CENTRAL = ""
"""The place of what holds everywhere."""


@dataclass
class _Cluster:
    """Mentions of one document to be; `apart` keeps it from others of its symbol, place and date (a text, a province)."""

    place: str | None
    days: tuple[str, ...] = ()
    apart: str = ""
    known: Known | None = None
    members: list[tuple[Mention, str]] = field(default_factory=list)

    @cached_property
    def texts(self) -> set[str]:
        """Texts that name it with its date."""
        return {mention.text_id for mention, _ in self.members}

    @cached_property
    def issuers(self) -> set[str]:
        """What those texts call its issuer."""
        known = {self.known.issuer} if self.known and self.known.issuer else set()
        return known | {mention.issuer for mention, _ in self.members if mention.issuer}

    @property
    def earliest(self) -> str:
        return self.known.issued if self.known else min(self.days, default="")

    @property
    def candidate(self) -> Candidate:
        """What tells the document from others of its symbol."""
        title = _commonest(m.title for m, _ in self.members) or (self.known.title if self.known else None)
        return Candidate(f"{self.earliest} {self.apart}", self.earliest or None, title, self.weight)

    @cached_property
    def weight(self) -> int:
        """How often it is cited with its date, in texts and in the table."""
        return len(self.texts) + (self.known.weight if self.known else 0)


def resolve_symbol(
    key: str, mentions: Sequence[Mention], known: Sequence[Known] = ()
) -> tuple[list[Document], list[Link]]:
    """Documents and links of all mentions whose symbol has this key; `known` are the known documents that have it."""
    symbol = _standard_symbol(mentions)
    placed: dict[str | None, list[Mention]] = defaultdict(list)
    local = is_local(symbol)
    for mention in sorted(mentions, key=lambda each: each.order):
        placed[_place(mention, symbol, local)].append(mention)
    clusters: list[_Cluster] = []
    doubtful: list[tuple[Mention, list[_Cluster]]] = []
    waiting = placed.pop(None, [])
    for place, here in sorted(placed.items(), key=lambda item: item[0] or ""):
        found, open_mentions = _clusters(place, here, symbol, [row for row in known if row.place == (place or "")])
        doubtful += _settle(open_mentions, found, place)
        clusters += found
    clusters += _unplaced(waiting, clusters)
    named = {id(cluster) for _, candidates in doubtful for cluster in _likely(candidates)}
    clusters = [cluster for cluster in clusters if cluster.members or id(cluster) in named]
    documents = [_document(key, symbol, cluster) for cluster in clusters]
    links = [link for cluster in clusters for link in _links(_id(key, cluster), cluster)]
    return documents, [*links, *(_ambiguous(key, mention, candidates) for mention, candidates in doubtful)]


def _ambiguous(key: str, mention: Mention, candidates: Sequence[_Cluster]) -> Link:
    ids = tuple(sorted(_id(key, cluster) for cluster in _likely(candidates)))
    rule = "several of that symbol and place" if len(ids) > 1 else "known only from another term or of another body"
    return Link(mention.id, "ambiguous", rule, None, ids)


def _likely(candidates: Sequence[_Cluster]) -> list[_Cluster]:
    if len(candidates) <= MOST_CANDIDATES:
        return list(candidates)
    return sorted(candidates, key=lambda each: (-each.weight, each.earliest, each.apart))[:MOST_CANDIDATES]


def _place(mention: Mention, symbol: str, local: bool) -> str | None:
    """The place of the issuer, else that of the text if it is the document or its province has one of the symbol; else None."""
    if not local:
        return CENTRAL
    here = mention.own or is_provincial(symbol, mention.issuer)
    return mention.issuer_place or (mention.province if here else None)


def _clusters(
    place: str | None, here: Sequence[Mention], symbol: str, known: Sequence[Known]
) -> tuple[list[_Cluster], list[Mention]]:
    """Dated documents of one place with their dated mentions; the mentions without a date are left open."""
    year = year_in(symbol)
    if year:
        rule = "year in symbol"
        cluster = _Cluster(place, tuple(sorted({m.issued for m in here if m.issued})) or (year,))
        cluster.members = [(mention, "own number" if mention.own else rule) for mention in here]
        return [cluster], []
    found = _dated(place, {m.issued for m in here if m.issued}, system_of(symbol), known)
    for cluster in found:
        dated = [mention for mention in here if mention.issued in cluster.days]
        cluster.members = [(m, "own number" if m.own else "symbol and place and date") for m in dated]
    return found, [mention for mention in here if not mention.issued]


def _dated(place: str | None, days: set[str], system: str, known: Sequence[Known]) -> list[_Cluster]:
    """Known documents with the days that are theirs or may be misprints of theirs, and documents of the other days."""
    rows = {row.issued: row for row in sorted(known, key=lambda row: (row.status == SURE, row.weight, row.source))}
    near: dict[str, list[str]] = {day: [] for day in rows}
    for day in sorted(days):
        fitting = [day] if day in rows else [start for start in rows if same_issue(start, day, system)]
        if fitting:
            near[min(fitting, key=lambda start: abs(days_between(start, day)))].append(day)
    taken = {day for own in near.values() for day in own}
    others = [_Cluster(place, tuple(own)) for own in cluster_days(days - taken, system)]
    return [*(_Cluster(place, tuple(near[day]), known=row) for day, row in sorted(rows.items())), *others]


def _settle(
    waiting: Sequence[Mention], found: list[_Cluster], place: str | None
) -> list[tuple[Mention, list[_Cluster]]]:
    """Undated mentions: the only document there, else several candidates; if there is none, they found one."""
    if waiting and not found:
        found.append(_Cluster(place, (), members=[(mention, "symbol and place") for mention in waiting]))
        return []
    here = _Here(found)
    doubtful: list[tuple[Mention, list[_Cluster]]] = []
    others: dict[str, _Cluster] = {}
    for mention in waiting:
        possible = here.possible(mention)
        chosen, rule = here.choose(mention, possible)
        if len(chosen) == 1:
            chosen[0].members.append((mention, rule))
        elif rule == OF_ANOTHER_TERM:
            apart = f"khóa {said_term(mention)}"
            others.setdefault(apart, _Cluster(place, (), apart)).members.append((mention, rule))
        else:
            doubtful.append((mention, list(chosen) or possible or found))
    found += others.values()
    return _as_elsewhere(doubtful, found)


def _as_elsewhere(
    doubtful: Sequence[tuple[Mention, list[_Cluster]]], found: Sequence[_Cluster]
) -> list[tuple[Mention, list[_Cluster]]]:
    """What is in doubt by itself means what its text means elsewhere by the same symbol, if that is one document."""
    meant: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in found:
        for text in {mention.text_id for mention, _ in cluster.members}:
            meant[text].append(cluster)
    left = []
    for mention, candidates in doubtful:
        if len(meant[mention.text_id]) == 1:
            meant[mention.text_id][0].members.append((mention, "as elsewhere in the text"))
        else:
            left.append((mention, candidates))
    return left


class _Here:
    """The dated documents of one symbol and place, as mentions without a date see them."""

    def __init__(self, found: Sequence[_Cluster]) -> None:
        self.found = found
        self.candidates = {cluster.candidate: cluster for cluster in found}
        self._candidate_of = {id(cluster): candidate for candidate, cluster in self.candidates.items()}
        self._by_text: dict[str, list[_Cluster]] = defaultdict(list)
        for cluster in found:
            for text in cluster.texts:
                self._by_text[text].append(cluster)
        self._seen: dict[tuple[str | None, str | None], list[_Cluster]] = {}

    def possible(self, mention: Mention) -> list[_Cluster]:
        """Documents that the text can cite: a document dated in the same text, else those of its last term before it."""
        same_text = self._by_text.get(mention.text_id, [])
        if len(same_text) == 1:
            return same_text
        asked = (mention.issuer, mention.published)
        if asked not in self._seen:
            self._seen[asked] = [cluster for cluster in self.found if _can_mean(mention, cluster)]
        return self._seen[asked]

    def choose(self, mention: Mention, possible: Sequence[_Cluster]) -> tuple[Sequence[_Cluster], str]:
        """The documents that are left of those possible, and the rule."""
        candidates = [self._candidate_of[id(cluster)] for cluster in possible]
        if len(possible) == 1 and not is_of_another_term(mention, candidates):
            return possible, "symbol and place"
        left, rule = choose(mention, candidates)
        return [self.candidates[candidate] for candidate in left], rule


def _can_mean(mention: Mention, cluster: _Cluster) -> bool:
    """Whether neither date nor issuer speaks against a document; one of an earlier term has a namesake since."""
    if contradicts(mention.issuer, cluster.issuers):
        return False
    return may_cite(mention.published, cluster.earliest, once=year_in(mention.symbol or "") is not None)


def _unplaced(waiting: Sequence[Mention], known: Sequence[_Cluster]) -> list[_Cluster]:
    """Mentions of unknown place: joined by their day with one document of that day, else one per text."""
    new: dict[str, _Cluster] = {}
    dates = {mention.text_id: mention.issued for mention in reversed(waiting) if mention.issued}
    for mention in waiting:
        day = mention.issued or dates.get(mention.text_id)
        of_day = [cluster for cluster in known if day and day in cluster.days]
        if len(of_day) == 1:
            of_day[0].members.append((mention, "symbol and date"))
            continue
        apart = mention.province or "" if day else mention.text_id
        cluster = new.setdefault(f"{day} {apart}", _Cluster(None, (day,) if day else (), apart))
        cluster.members.append((mention, "symbol and date" if day else "alone in its text"))
    return list(new.values())


def _id(key: str, cluster: _Cluster) -> str:
    day = cluster.known.issued if cluster.known else _issued(cluster)
    return document_id(key, cluster.place, day, cluster.apart)


def _issued(cluster: _Cluster) -> str | None:
    """The day that most mentions print; the text itself outweighs them all, and so does a table that is sure."""
    own = [mention.issued for mention, _ in cluster.members if mention.own and mention.issued]
    if cluster.known and (cluster.known.status == SURE or not cluster.members):
        return own[0] if own else cluster.known.issued
    return own[0] if own else _commonest(m.issued for m, _ in cluster.members) or (cluster.days or (None,))[0]


def _document(key: str, symbol: str, cluster: _Cluster) -> Document:
    mentions = [mention for mention, _ in cluster.members]
    own = sorted(mention.text_id for mention in mentions if mention.own)
    row = cluster.known
    return Document(
        id=_id(key, cluster),
        key=key,
        doc_type=_commonest(m.doc_type for m in mentions) or (row.doc_type if row else None),
        number=mentions[0].number if mentions else row.number if row else None,
        symbol=symbol if mentions or row is None else row.symbol,
        issuer=(row.issuer if row else None) or _commonest(m.issuer for m in mentions),
        place=cluster.place or None,
        issued=_issued(cluster),
        title=(row.title if row else None) or _commonest(m.title for m in mentions),
        held=own[0] if own else None,
        mentions=sum(not mention.own for mention in mentions),
        known=row.issued if row else None,
    )


def _links(document: str, cluster: _Cluster) -> list[Link]:
    """The earliest mention founds the document unless the text itself is held; the others are linked."""
    first = min((m for m, _ in cluster.members), key=lambda m: (not m.own, m.order), default=None)
    links = []
    for mention, rule in cluster.members:
        founds = mention is first and not mention.own and cluster.known is None
        status: Status = "founded" if founds else "linked"
        links.append(Link(mention.id, status, rule, document))
    return links


def _standard_symbol(mentions: Iterable[Mention]) -> str:
    """The symbol printed most often; one that is made up only where none is printed."""
    printed = [mention.symbol for mention in mentions if mention.form != "short"]
    return _commonest(printed) or _commonest(mention.symbol for mention in mentions) or ""


def _commonest(values: Iterable[str | None]) -> str | None:
    """The value given most often; of equals the first in the alphabet. Spacing does not count."""
    counts = Counter(" ".join(value.split()) for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
