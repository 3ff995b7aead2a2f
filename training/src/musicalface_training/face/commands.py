"""The `face` commands."""

from pathlib import Path
from typing import Annotated

import typer

from face_emotion.classifier import MODEL_FOLDER
from musicalface_training.face.precision import Precision

face = typer.Typer(no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="Folder with FER2013: Kaggle's CSV file, or train/ and test/ pictures")]
RunFolder = Annotated[Path, typer.Option(help="Checkpoints; a stopped run goes on from here, delete it to begin anew")]
ModelFolder = Annotated[Path, typer.Option(help="Where the service reads its models")]
Reports = Annotated[Path, typer.Option(help="Where the report goes")]
RUN_FOLDER = Path("training/runs/face-reference")
REPORTS = Path("training/reports")


@face.callback()
def _group() -> None:
    """Face emotion: train, export and measure its networks."""


@face.command("train-reference")
def train_reference(
    data: Data = Path("data"),
    run_folder: RunFolder = RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
    precision: Annotated[Precision, typer.Option(help="bfloat16 is faster where the processor has AMX")] = "float32",
) -> None:
    """Train the reference network on FER2013; export and report it."""
    from musicalface_training.face.dataset import load_fer2013
    from musicalface_training.face.publish import publish_reference as publish
    from musicalface_training.face.train import train_reference as train

    faces = load_fer2013(data)
    train(faces, run_folder, precision)
    typer.echo(f"report: {publish(faces, run_folder, model_folder, reports)}")


@face.command("publish-reference")
def publish_reference(
    data: Data = Path("data"),
    run_folder: RunFolder = RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
) -> None:
    """Export and report the best checkpoint of a run, also of one that was stopped or still goes on."""
    from musicalface_training.face.dataset import load_fer2013
    from musicalface_training.face.publish import publish_reference as publish

    typer.echo(f"report: {publish(load_fer2013(data), run_folder, model_folder, reports)}")
