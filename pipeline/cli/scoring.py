"""sohieu score."""

import json
import tomllib
from pathlib import Path

import click

from pipeline.cli.common import json_option, print_table
from pipeline.score import Card, compare, score_folder
from pipeline.score.card import gained_and_lost
from pipeline.score.gold import GoldError
from pipeline.writing import write_whole


@click.command(epilog="Example: sohieu score corpus/gold")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--floors", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="TOML of the least values."
)
@click.option("--errors", type=click.Path(dir_okay=False, path_type=Path), help="Known errors to compare with.")
@click.option("--renew", is_flag=True, help="Write the errors of this run to --errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every miss, every spurious finding, every wrong field.")
@json_option
def score(gold_dir: Path, floors: Path | None, errors: Path | None, renew: bool, verbose: bool, as_json: bool) -> None:
    """Print the accuracy card of a folder of gold annotations; status 1 if a floor is not reached."""
    try:
        card = score_folder(gold_dir)
    except (GoldError, OSError, ValueError) as error:
        raise click.ClickException(f"{gold_dir}: {error}") from error
    figures = card.figures()
    if as_json:
        click.echo(json.dumps(figures))
    else:
        _print_card(card, figures, verbose)
    if errors:
        _compare_errors(card, errors, renew)
    if floors and (short := compare(figures, tomllib.loads(floors.read_text("utf-8")))):
        raise click.ClickException("; ".join(short))


def _print_card(card: Card, figures: dict[str, float], verbose: bool) -> None:
    if verbose:
        print_table(["error", "what"], sorted(card.errors.items()))
    rows = [
        [name, *(f"{figures[f'{name}.{part}']:.3f}" for part in ("p", "r", "f1")), right + missed]
        for name, (right, missed, _) in sorted(card.counts.items())
    ]
    print_table(["family", "P", "R", "F1", "gold"], rows)
    print_table(["field", "right"], [(name, f"{figures[name]:.3f}") for name in sorted(card.fields) if name in figures])


def _compare_errors(card: Card, errors: Path, renew: bool) -> None:
    before = errors.read_text("utf-8").splitlines() if errors.exists() else []
    gained, lost = gained_and_lost(card.errors, before)
    for word, names in (("gained", gained), ("lost", lost)):
        for name in names:
            click.echo(f"{word}: {name}: {card.errors.get(name, '')}")
    if renew:
        write_whole(errors, "".join(f"{name}\n" for name in sorted(card.errors)))
