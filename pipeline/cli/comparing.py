"""sohieu compare."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.common import json_option, print_table, printable, reading
from pipeline.query.compare import Change, Comparison
from pipeline.query.compare import compare as run_compare
from pipeline.writing import write_whole

KINDS = ("same", "gained", "lost", "changed")


@click.command(epilog="Example: sohieu compare before.db outputs/sohieu.db --html changes.html")
@click.argument("old", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to this file.")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True, help="Changes shown of each kind.")
@json_option
def compare(old: Path, new: Path, html: Path | None, limit: int, as_json: bool) -> None:
    """What NEW found more, no longer, or otherwise than OLD, of the texts that both hold."""
    with reading(old) as before, reading(new) as after:
        done = run_compare(before, after, limit)
    if html:
        from pipeline.export.compare import compare_page

        write_whole(html, compare_page(done, old.name, new.name))
    if as_json:
        changes = [asdict(change) for change in done.changes]
        record = {"counts": done.counts, "only_old": done.only_old, "only_new": done.only_new, "changes": changes}
        click.echo(json.dumps(record, ensure_ascii=False))
    else:
        _print(done)


def _print(done: Comparison) -> None:
    rows = [[family, *(counts[kind] for kind in KINDS)] for family, counts in done.counts.items()]
    print_table(["family", *KINDS], rows)
    click.echo(f"{done.only_old} texts in the old one only, {done.only_new} in the new one only", err=True)
    if done.changes:
        click.echo()
        print_table(["family", "kind", "path", "quote", "before", "after"], [_row(change) for change in done.changes])


def _row(change: Change) -> list[str]:
    before, mention, after = change.quote
    quote = f"{before}[{mention}]{after}" if mention else change.id
    return [
        change.family,
        change.kind,
        change.path or "",
        printable(quote),
        _fields(change.before),
        _fields(change.after),
    ]


def _fields(values: dict[str, object]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in values.items() if value is not None)
