"""The `lyrics` commands."""

from pathlib import Path
from typing import Annotated

import typer

from lyrics_mood.classifier import MODEL_FOLDER

lyrics = typer.Typer(no_args_is_help=True)


@lyrics.callback()
def _group() -> None:
    """Lyrics mood: train, export and measure its networks."""


@lyrics.command()
def train_reference(
    data: Annotated[
        Path, typer.Option(help="Folder with lyrics/moodylyrics_genius.csv, or with the file itself")
    ] = Path("data"),
    run_folder: Annotated[
        Path, typer.Option(help="Checkpoints; a stopped run goes on from here, delete it to begin anew")
    ] = Path("training/runs/lyrics-reference"),
    model_folder: Annotated[Path, typer.Option(help="Where the service reads its models")] = MODEL_FOLDER,
    reports: Annotated[Path, typer.Option(help="Where the report goes")] = Path("training/reports"),
) -> None:
    """Train the reference network on an 80/20 split and on five folds by artist; export and report it."""
    from musicalface_training.lyrics import run

    typer.echo(f"report: {run.train_reference(data, run_folder, model_folder, reports)}")
