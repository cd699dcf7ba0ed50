"""Finding the units of a text: one scan for heads and kinds of places, then the bare names of places."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.models import Found, NearMiss, UnitMention
from extractors.places import gazetteer, kind_by_spelling
from extractors.units import patterns
from extractors.units.context import is_abroad, is_compound, is_definite, is_post, is_symbol
from extractors.units.grammar import Body, read_body
from extractors.units.localities import Context, Locality, find_bare, read_column, read_list
from extractors.units.names import mention
from extractors.units.readers import is_idle, read_typed
from extractors.units.rows import heads, is_head, terms
from extractors.view import View, squeezed, view


def find_units(text: str | View) -> Found[UnitMention]:
    """Find the named bodies and places of `text`, in order, with what was refused.

    >>> [unit.surface for unit in find_units("Bí thư Tỉnh ủy về dự với xã Sơn Lôi").items]
    ['Tỉnh ủy', 'xã Sơn Lôi']
    """
    seen = squeezed(view(text))
    near: list[NearMiss] = []
    found: list[Body | Locality] = list(_scan(seen, near))
    context = Context()
    for unit in found:
        _note(seen, unit, context)
    found += list(_find_short(seen, [unit for unit in found if isinstance(unit, Body)]))
    found.sort(key=lambda unit: unit.start)
    found += find_bare(seen, [(unit.start, unit.end) for unit in found], context)
    found.sort(key=lambda unit: unit.start)
    return Found([mention(seen, unit) for unit in found], near)


def _scan(seen: View, near: list[NearMiss]) -> Iterator[Body | Locality]:
    at, search, lower = 0, patterns.scanner().search, seen.lower
    last: Body | Locality | None = None
    while hit := search(lower, at):
        start, end = hit.span()
        space = lower.find(" ", start, end)
        at = end if space < 0 else space + 1
        if (space < 0 and is_idle(seen, start, end)) or is_symbol(seen, start, end):
            continue
        units = _read_below(seen, start, hit[0], last) or _read(seen, start, hit[0], near)
        yield from units
        last = units[-1] if units else last
        at = max(at, _reach(lower, units))


def _read_below(seen: View, start: int, phrase: str, last: Body | Locality | None) -> Sequence[Body]:
    """A head alone on the line below the body that it is part of, as letterheads have it: `TỈNH ỦY BẮC GIANG`, `BAN TỔ CHỨC`."""
    end = start + len(phrase)
    if phrase not in terms("below") or not isinstance(last, Body) or last.end != start - 1:
        return ()
    lines = seen.text[seen.end(last.end) : seen.end(end) + 1]
    alone = lines.startswith("\n") and lines.endswith("\n") and seen.cased[start:end].isupper()
    return (Body(start, end, last.kind, None, None, heads()[phrase][0], False),) if alone else ()


def _reach(lower: str, units: Sequence[Body | Locality]) -> int:
    """Where units that were read together end; the first one, if a remark in brackets follows, in which others may stand."""
    for unit, after in pairwise(units):
        if "(" in lower[unit.end : after.start]:
            return unit.end
    return units[-1].end if units else 0


def _read(seen: View, start: int, phrase: str, near: list[NearMiss]) -> Sequence[Body | Locality]:
    if phrase not in kind_by_spelling() or is_head(phrase):
        body = read_body(seen, start, phrase=phrase)
        if body and (is_post(seen, body) or is_abroad(seen, body)):
            return ()
        if body and is_definite(seen, body):
            return (body,)
        if body and seen.cased[start].isupper():
            near.append(_refuse(seen, body))
    if phrase not in kind_by_spelling() or is_compound(seen, start, phrase):
        return ()
    typed = read_typed(seen, start)
    return list(read_list(seen, typed)) if typed else read_column(seen, start, phrase)


def _find_short(seen: View, bodies: list[Body]) -> Iterator[Body]:
    """Heads alone that point back to the body named last with that head: `Ủy ban yêu cầu ...`."""
    if not any(seen.lower.startswith(terms("backward"), body.start) for body in bodies):
        return
    spans = {body.start for body in bodies}
    last: Body | None = None
    ahead = iter([*bodies, None])
    body = next(ahead)
    for hit in patterns.backward().finditer(seen.cased):
        while body and body.start < hit.start():
            last = body if seen.lower.startswith(terms("backward"), body.start) else last
            body = next(ahead)
        same = last and seen.lower.startswith(hit[0].lower(), last.start)
        if last and same and hit.start() not in spans and is_definite(seen, _again(last, hit.span())):
            yield _again(last, hit.span())


def _again(body: Body, span: tuple[int, int]) -> Body:
    return body._replace(start=span[0], end=span[1], tailed=False)


def _refuse(seen: View, body: Body) -> NearMiss:
    start, end = seen.start(body.start), seen.end(body.end)
    return NearMiss.cut(seen.text, start, end, family="units", reason="a kind of body, not one body")


def _note(seen: View, unit: Body | Locality, context: Context) -> None:
    if isinstance(unit, Locality):
        context.note(seen, unit)
    elif unit.place:
        start, end = unit.place
        places = tuple(gazetteer().find(seen.lower[start:end]))
        context.note(seen, Locality(start, start, end, unit.level, places))
