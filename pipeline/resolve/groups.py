"""All mentions of one symbol → its documents.

Rules, in order, each named in the link: "own number" (the text is the document), "year in symbol", "symbol and
place and date", "symbol and place" (the only document there before the text's date), those of `choice`, "symbol and date" (place
unknown, one document of that day), "alone in its text". What none settles stays ambiguous with its candidates. Known documents
take part: a day that may be a misprint of a known one is that one's.
"""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.resolve.cluster import Cluster
from pipeline.resolve.consensus import agreed, standard_symbol
from pipeline.resolve.dates import cluster_days, days_between, same_issue
from pipeline.resolve.known import SURE, Known
from pipeline.resolve.mentions import Document, Link, Mention, Status
from pipeline.resolve.place import is_local, is_provincial, system_of, year_in
from pipeline.resolve.undated import in_doubt, settle, unplaced

MOST_CANDIDATES = 20
"""Documents that an ambiguous mention lists, the most cited first."""
CENTRAL = ""
"""The place of what holds everywhere."""


def resolve_symbol(
    key: str, mentions: Sequence[Mention], known: Sequence[Known] = ()
) -> tuple[list[Document], list[Link]]:
    """Documents and links of all mentions whose symbol has this key; `known` are the known documents that have it."""
    symbol = standard_symbol(mentions)
    placed: dict[str | None, list[Mention]] = defaultdict(list)
    local = is_local(symbol)
    for mention in sorted(mentions, key=lambda each: each.order):
        placed[_place(mention, symbol, local)].append(mention)
    clusters: list[Cluster] = []
    doubtful: list[tuple[Mention, list[Cluster]]] = []
    waiting = placed.pop(None, [])
    for place, here in sorted(placed.items(), key=lambda item: item[0] or ""):
        found, open_mentions = _clusters(place, here, symbol, [row for row in known if row.place == (place or "")])
        doubtful += settle(open_mentions, found, place)
        clusters += found
    waiting, more = in_doubt(waiting, clusters)
    doubtful += more
    clusters += unplaced(waiting, clusters)
    named = {id(cluster) for _, candidates in doubtful for cluster in _likely(candidates)}
    clusters = [cluster for cluster in clusters if cluster.members or id(cluster) in named]
    documents = [_document(key, symbol, cluster) for cluster in clusters]
    links = [
        link for document, cluster in zip(documents, clusters, strict=True) for link in _links(document.id, cluster)
    ]
    return documents, [*links, *(_ambiguous(key, mention, candidates) for mention, candidates in doubtful)]


def _ambiguous(key: str, mention: Mention, candidates: Sequence[Cluster]) -> Link:
    ids = tuple(sorted(cluster.identity(key) for cluster in _likely(candidates)))
    rule = "several of that symbol and place" if len(ids) > 1 else "known only from another term or of another body"
    return Link(mention.id, "ambiguous", rule, None, ids)


def _likely(candidates: Sequence[Cluster]) -> list[Cluster]:
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
) -> tuple[list[Cluster], list[Mention]]:
    """Dated documents of one place with their dated mentions; the mentions without a date are left open."""
    year = year_in(symbol)
    if year:
        rule = "year in symbol"
        rows = sorted(known, key=lambda row: (row.status != SURE, -row.weight, row.source))
        days = tuple(sorted({m.issued for m in here if m.issued}))
        cluster = Cluster(place, days or (year,), known=rows[0] if rows else None)
        cluster.members = [(mention, "own number" if mention.own else rule) for mention in here]
        return [cluster], []
    found = _dated(place, {m.issued for m in here if m.issued}, system_of(symbol), known)
    of_day = {day: cluster for cluster in found for day in cluster.days}
    for mention in here:
        if mention.issued:
            rule = "own number" if mention.own else "symbol and place and date"
            of_day[mention.issued].members.append((mention, rule))
    return found, [mention for mention in here if not mention.issued]


def _dated(place: str | None, days: set[str], system: str, known: Sequence[Known]) -> list[Cluster]:
    """Known documents with the days that are theirs or may be misprints of theirs, and documents of the other days."""
    rows = {row.issued: row for row in sorted(known, key=lambda row: (row.status == SURE, row.weight, row.source))}
    near: dict[str, list[str]] = {day: [] for day in rows}
    for day in sorted(days):
        fitting = [day] if day in rows else [start for start in rows if same_issue(start, day, system)]
        if fitting:
            near[min(fitting, key=lambda start: abs(days_between(start, day)))].append(day)
    taken = {day for own in near.values() for day in own}
    others = [Cluster(place, tuple(own)) for own in cluster_days(days - taken, system)]
    return [*(Cluster(place, tuple(near[day]), known=row) for day, row in sorted(rows.items())), *others]


def _document(key: str, symbol: str, cluster: Cluster) -> Document:
    mentions, row = cluster.mentions, cluster.known
    own = sorted(mention.text_id for mention in mentions if mention.own)
    return Document(
        id=cluster.identity(key),
        key=key,
        doc_type=agreed("doc_type", mentions, row),
        number=mentions[0].number if mentions else row.number if row else None,
        symbol=symbol if mentions or row is None else row.symbol,
        issuer=agreed("issuer", mentions, row),
        place=cluster.place or None,
        issued=cluster.issued,
        title=agreed("title", mentions, row),
        held=own[0] if own else None,
        mentions=sum(not mention.own for mention in mentions),
        known=row.issued if row else None,
    )


def _links(document: str, cluster: Cluster) -> list[Link]:
    """The earliest mention founds the document unless the text itself is held; the others are linked."""
    first = min((m for m, _ in cluster.members), key=lambda m: (not m.own, m.order), default=None)
    links = []
    for mention, rule in cluster.members:
        founds = mention is first and not mention.own and cluster.known is None
        status: Status = "founded" if founds else "linked"
        links.append(Link(mention.id, status, rule, document))
    return links
