"""The `ranking` commands."""

from pathlib import Path
from typing import Annotated

import typer

from musicalface_training.options import DATA, FACTS_FILE, REPORTS, Reports

ranking = typer.Typer(no_args_is_help=True)

Facts = Annotated[Path, typer.Option(help="The catalogue's facts file")]


@ranking.callback()
def _group() -> None:
    """Ranking: choose and measure the recommender's weights, and plot the mood scores of its lists."""


@ranking.command()
def measure(
    data: Annotated[Path, typer.Option(help="Folder with lyrics/playlist_moods.csv, or with the file itself")] = DATA,
    facts: Facts = FACTS_FILE,
    scores: Annotated[
        Path | None,
        typer.Option(help="CSV file of out-of-fold lyric scores to use for its songs: id, angry, sad, happy, relaxed"),
    ] = None,
    reports: Reports = REPORTS,
) -> None:
    """Choose weights on half of the songs that people gave moods, and report precision at 10 on the other half."""
    from musicalface_training.ranking import run

    typer.echo(f"report: {run.measure_ranking(facts, data, scores, reports)}")


@ranking.command()
def draw(
    facts: Facts = FACTS_FILE,
    folder: Annotated[Path, typer.Option("--output", help="Folder to write the plots to")] = Path("docs"),
) -> None:
    """Plot mood scores by position in lists: match and lift, for a sad, an angry and a mixed face."""
    from musicalface_training.ranking import run

    for path in run.draw_lists(facts, folder):
        typer.echo(path)
