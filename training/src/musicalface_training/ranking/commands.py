"""The `ranking` commands."""

from pathlib import Path
from typing import Annotated

import typer

ranking = typer.Typer(no_args_is_help=True)

Facts = Annotated[Path, typer.Option(help="The catalogue's facts file")]
FACTS = Path("services/recommender/src/recommender/data/catalogue.csv.gz")


@ranking.callback()
def _group() -> None:
    """Ranking: choose and measure its weights, and draw what lists look like."""


@ranking.command()
def measure(
    data: Annotated[Path, typer.Option(help="Folder with lyrics/playlist_moods.csv, or with the file itself")] = Path(
        "data"
    ),
    facts: Facts = FACTS,
    scores: Annotated[
        Path | None,
        typer.Option(help="CSV file of out-of-fold lyric scores to use for its songs: id, angry, sad, happy, relaxed"),
    ] = None,
    reports: Annotated[Path, typer.Option(help="Where the report goes")] = Path("training/reports"),
) -> None:
    """Choose weights on half of the songs whose moods people gave, and report precision at 10 on the other."""
    from musicalface_training.ranking import run

    typer.echo(f"report: {run.measure_ranking(facts, data, scores, reports)}")


@ranking.command()
def draw(
    facts: Facts = FACTS,
    folder: Annotated[Path, typer.Option("--output", help="Where the pictures go")] = Path("docs"),
) -> None:
    """Draw the mood scores over the positions of lists: match and lift, for a sad, an angry and a mixed face."""
    from musicalface_training.ranking import run

    for path in run.draw_lists(facts, folder):
        typer.echo(path)
