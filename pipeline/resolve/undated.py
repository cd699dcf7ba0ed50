"""Mentions of one symbol that print no day, or whose place is not known: to which document of the symbol they belong."""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.resolve.choice import (
    BY_SUBJECT,
    BY_TERM,
    OF_ANOTHER_TERM,
    Candidate,
    choose,
    is_of_another_term,
    said_term,
)
from pipeline.resolve.cluster import Cluster
from pipeline.resolve.dates import may_cite
from pipeline.resolve.mentions import Mention
from pipeline.resolve.place import contradicts, year_in


def settle(waiting: Sequence[Mention], found: list[Cluster], place: str | None) -> list[tuple[Mention, list[Cluster]]]:
    """Undated mentions: the only document there, else several candidates; if there is none, they found one."""
    if waiting and not found:
        found.append(Cluster(place, (), members=[(mention, "symbol and place") for mention in waiting]))
        return []
    here = _Here(found)
    doubtful: list[tuple[Mention, list[Cluster]]] = []
    others: dict[str, Cluster] = {}
    for mention in waiting:
        possible = here.possible(mention)
        chosen, rule = here.choose(mention, possible)
        if len(chosen) == 1:
            chosen[0].members.append((mention, rule))
        elif rule == OF_ANOTHER_TERM:
            apart = f"khóa {said_term(mention)}"
            others.setdefault(apart, Cluster(place, (), apart)).members.append((mention, rule))
        else:
            doubtful.append((mention, list(chosen) or possible or found))
    found += others.values()
    return _as_elsewhere(doubtful, found)


def _as_elsewhere(
    doubtful: Sequence[tuple[Mention, list[Cluster]]], found: Sequence[Cluster]
) -> list[tuple[Mention, list[Cluster]]]:
    """What is in doubt by itself means what its text means elsewhere by the same symbol, if that is one document."""
    meant: dict[str, list[Cluster]] = defaultdict(list)
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

    def __init__(self, found: Sequence[Cluster]) -> None:
        self.found = found
        self.candidates = {cluster.candidate: cluster for cluster in found}
        self._candidate_of = {id(cluster): candidate for candidate, cluster in self.candidates.items()}
        self._by_text: dict[str, list[Cluster]] = defaultdict(list)
        for cluster in found:
            for text in cluster.texts:
                self._by_text[text].append(cluster)
        self._seen: dict[tuple[str | None, str | None], list[Cluster]] = {}
        self._seen_past: dict[tuple[str | None, str | None], list[Candidate]] = {}

    def possible(self, mention: Mention) -> list[Cluster]:
        """Documents that the text can cite: a document dated in the same text, else those of its last term before it."""
        same_text = self._by_text.get(mention.text_id, [])
        if len(same_text) == 1:
            return same_text
        asked = (mention.issuer, mention.published)
        if asked not in self._seen:
            self._seen[asked] = [cluster for cluster in self.found if _can_mean(mention, cluster)]
        return self._seen[asked]

    def choose(self, mention: Mention, possible: Sequence[Cluster]) -> tuple[Sequence[Cluster], str]:
        """The documents that are left of those possible, and the rule."""
        candidates = [self._candidate_of[id(cluster)] for cluster in possible]
        if len(possible) == 1 and not is_of_another_term(mention, candidates):
            return possible, "symbol and place"
        past = self._past(mention)
        left, rule = choose(mention, past) if len(past) > len(candidates) else ((), "")
        if rule not in (BY_TERM, BY_SUBJECT):
            left, rule = choose(mention, candidates)
        return [self.candidates[candidate] for candidate in left], rule

    def _past(self, mention: Mention) -> list[Candidate]:
        """All that are not of the future, however old: subject or term may tell that one of them is meant."""
        asked = (mention.issuer, mention.published)
        if asked not in self._seen_past:
            self._seen_past[asked] = [
                candidate
                for candidate, cluster in self.candidates.items()
                if may_cite(mention.published, cluster.earliest, once=True)
                and not contradicts(mention.issuer, cluster.issuers)
            ]
        return self._seen_past[asked]


def _can_mean(mention: Mention, cluster: Cluster) -> bool:
    """Whether neither date nor issuer speaks against a document; one of an earlier term has a namesake since."""
    if contradicts(mention.issuer, cluster.issuers):
        return False
    return may_cite(mention.published, cluster.earliest, once=year_in(mention.symbol or "") is not None)


def in_doubt(
    waiting: Sequence[Mention], known: Sequence[Cluster]
) -> tuple[list[Mention], list[tuple[Mention, list[Cluster]]]]:
    """Mentions of unknown place, and those among them that print no day in a text that names several documents of the symbol.

    One document is meant wherever the text says no other.
    """
    by_text: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in known:
        for text in cluster.texts:
            by_text[text].append(cluster)
    left, doubtful = [], []
    for mention in waiting:
        here = by_text.get(mention.text_id, [])
        if mention.issued or not here:
            left.append(mention)
        elif len(here) == 1:
            here[0].members.append((mention, "as elsewhere in the text"))
        else:
            doubtful.append((mention, here))
    return left, doubtful


def unplaced(waiting: Sequence[Mention], known: Sequence[Cluster]) -> list[Cluster]:
    """Mentions of unknown place: joined by their day with one document of that day, else one per text."""
    new: dict[str, Cluster] = {}
    dates = {mention.text_id: mention.issued for mention in reversed(waiting) if mention.issued}
    for mention in waiting:
        day = mention.issued or dates.get(mention.text_id)
        of_day = [cluster for cluster in known if day and day in cluster.days]
        if len(of_day) == 1:
            of_day[0].members.append((mention, "symbol and date"))
            continue
        apart = mention.province or "" if day else mention.text_id
        cluster = new.setdefault(f"{day} {apart}", Cluster(None, (day,) if day else (), apart))
        cluster.members.append((mention, "symbol and date" if day else "alone in its text"))
    return list(new.values())
