"""The `lyrics` commands."""

from pathlib import Path
from typing import Annotated

import typer

from lyrics_mood.classifier import MODEL_FOLDER
from musicalface_training.options import DATA, REPORTS, ModelFolder, Precision, Reports, RunFolder

lyrics = typer.Typer(no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="Folder with the lyrics sets, or with a folder lyrics that has them")]
RUN_FOLDER = Path("training/runs/lyrics")
REFERENCE_RUN_FOLDER = Path("training/runs/lyrics-reference")


@lyrics.callback()
def _group() -> None:
    """Lyrics mood: train, export and measure its networks."""


@lyrics.command("train")
def train_network(
    data: Data = DATA,
    run_folder: RunFolder = RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
    precision: Annotated[
        Precision, typer.Option(help="Precision of the sentence embeddings; bfloat16 is faster with AMX")
    ] = "float32",
) -> None:
    """Train the served network, cross-validate it on five folds by artist, export and report it."""
    from musicalface_training.lyrics.network.publish import publish_network as publish
    from musicalface_training.lyrics.network.train import train_network as train

    trained = train(data, run_folder, precision)
    typer.echo(f"report: {publish(trained, run_folder, model_folder, reports)}")


@lyrics.command("embed")
def embed(
    data: Data = DATA,
    run_folder: RunFolder = RUN_FOLDER,
    precision: Annotated[Precision, typer.Option(help="bfloat16 is faster with AMX")] = "float32",
) -> None:
    """Compute the sentence embeddings of all songs, as `train` does if they are missing.

    KERAS_BACKEND=torch with PyTorch takes less time.
    """
    from musicalface_training.lyrics.network.train import embed_corpus

    embed_corpus(data, run_folder, precision)


@lyrics.command()
def train_reference(
    data: Data = DATA,
    run_folder: RunFolder = REFERENCE_RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
) -> None:
    """Train the reference network on an 80/20 split and on five folds by artist; export and report it."""
    from musicalface_training.lyrics.reference.run import train_reference as train

    typer.echo(f"report: {train(data, run_folder, model_folder, reports)}")
