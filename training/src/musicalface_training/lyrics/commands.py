"""The `lyrics` commands."""

from pathlib import Path
from typing import Annotated

import typer

from lyrics_mood.classifier import MODEL_FOLDER
from musicalface_training.precision import Precision

lyrics = typer.Typer(no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="Folder with the lyrics sets, or with a folder lyrics that holds them")]
RunFolder = Annotated[Path, typer.Option(help="Checkpoints; a stopped run goes on from here, delete it to begin anew")]
ModelFolder = Annotated[Path, typer.Option(help="Where the service reads its models")]
Reports = Annotated[Path, typer.Option(help="Where the report goes")]
RUN_FOLDER = Path("training/runs/lyrics")
REFERENCE_RUN_FOLDER = Path("training/runs/lyrics-reference")
REPORTS = Path("training/reports")


@lyrics.callback()
def _group() -> None:
    """Lyrics mood: train, export and measure its networks."""


@lyrics.command("train")
def train_network(
    data: Data = Path("data"),
    run_folder: RunFolder = RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
    precision: Annotated[Precision, typer.Option(help="Of the teacher; bfloat16 is faster with AMX")] = "float32",
) -> None:
    """Train the served network, judge it on five folds by artist, export and report it."""
    from musicalface_training.lyrics.network.publish import publish_network
    from musicalface_training.lyrics.network.train import train_network as train

    trained = train(data, run_folder, precision)
    typer.echo(f"report: {publish_network(trained, run_folder, model_folder, reports)}")


@lyrics.command("embed")
def embed(
    data: Data = Path("data"),
    run_folder: RunFolder = RUN_FOLDER,
    precision: Annotated[Precision, typer.Option(help="bfloat16 is faster with AMX")] = "float32",
) -> None:
    """Make the teacher's sentence embeddings of all songs, which `train` does, too, where they are missing.

    With KERAS_BACKEND=torch and PyTorch installed it takes less time.
    """
    from musicalface_training.lyrics.network.train import embed_corpus

    embed_corpus(data, run_folder, precision)


@lyrics.command()
def train_reference(
    data: Data = Path("data"),
    run_folder: RunFolder = REFERENCE_RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
) -> None:
    """Train the reference network on an 80/20 split and on five folds by artist; export and report it."""
    from musicalface_training.lyrics.reference import run as run_reference

    typer.echo(f"report: {run_reference.train_reference(data, run_folder, model_folder, reports)}")
