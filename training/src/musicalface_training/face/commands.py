"""The `face` commands."""

from pathlib import Path
from typing import Annotated

import typer

from face_emotion import MODEL_FOLDER
from musicalface_common.model_store import ModelError
from musicalface_training.face.sizes import Size
from musicalface_training.face.split_names import SplitName
from musicalface_training.precision import Precision

face = typer.Typer(no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="Folder with FER2013: Kaggle's CSV file, or train/ and test/ pictures")]
RunFolder = Annotated[Path, typer.Option(help="Checkpoints; a stopped run goes on from here, delete it to begin anew")]
ModelFolder = Annotated[Path, typer.Option(help="Where the service reads its models")]
PrecisionOption = Annotated[Precision, typer.Option(help="bfloat16 is faster where the processor has AMX")]
Reports = Annotated[Path, typer.Option(help="Where the report goes")]
RUN_FOLDER = Path("training/runs/face-emotion")
REFERENCE_RUN_FOLDER = Path("training/runs/face-reference")
REPORTS = Path("training/reports")


@face.callback()
def _group() -> None:
    """Face emotion: train, export and measure its networks."""


@face.command("train")
def train_network(
    data: Data = Path("data"),
    run_folder: RunFolder = RUN_FOLDER,
    precision: PrecisionOption = "float32",
    size: Annotated[Size, typer.Option(help="large is what is served; small is its teacher")] = "large",
    teacher: Annotated[
        Path | None,
        typer.Option(help="A run's best.keras, whose scores make half of the targets", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Train the served network on FER2013 with FERPlus' votes.

    With KERAS_BACKEND=torch, PyTorch installed and bfloat16 it takes a third of the time, where the processor has AMX.
    """
    from musicalface_training.face.data.fer2013 import load_fer2013
    from musicalface_training.face.data.ferplus import load_ferplus
    from musicalface_training.face.network.train import train_network as train

    faces = load_fer2013(data)
    train(faces, load_ferplus(data, faces), run_folder, precision, size, teacher)


@face.command("publish")
def publish_network(
    data: Data = Path("data"),
    run_folder: RunFolder = RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
) -> None:
    """Export and report the best checkpoint of the served network, and make it the default."""
    from musicalface_training.face.data.fer2013 import load_fer2013
    from musicalface_training.face.data.ferplus import load_ferplus
    from musicalface_training.face.network.publish import publish_network as publish

    faces = load_fer2013(data)
    typer.echo(f"report: {publish(faces, load_ferplus(data, faces), run_folder, model_folder, reports)}")


@face.command("train-reference")
def train_reference(
    data: Data = Path("data"),
    run_folder: RunFolder = REFERENCE_RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
    precision: PrecisionOption = "float32",
) -> None:
    """Train the reference network on FER2013; export and report it."""
    from musicalface_training.face.data.fer2013 import load_fer2013
    from musicalface_training.face.reference.publish import publish_reference as publish
    from musicalface_training.face.reference.train import train_reference as train

    faces = load_fer2013(data)
    train(faces, run_folder, precision)
    typer.echo(f"report: {publish(faces, run_folder, model_folder, reports)}")


@face.command("publish-reference")
def publish_reference(
    data: Data = Path("data"),
    run_folder: RunFolder = REFERENCE_RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
) -> None:
    """Export and report the best checkpoint of a run, also of one that was stopped or still goes on."""
    from musicalface_training.face.data.fer2013 import load_fer2013
    from musicalface_training.face.reference.publish import publish_reference as publish

    typer.echo(f"report: {publish(load_fer2013(data), run_folder, model_folder, reports)}")


@face.command("train-fisherfaces")
def train_fisherfaces(data: Data = Path("data"), model_folder: ModelFolder = MODEL_FOLDER) -> None:
    """Train Fisherfaces on FER2013 with FERPlus' labels; add them to the models, and leave the default as it is."""
    from musicalface_training.face.data.fer2013 import load_fer2013
    from musicalface_training.face.data.ferplus import load_ferplus
    from musicalface_training.face.fisherfaces.publish import train_fisherfaces as train

    faces = load_fer2013(data)
    for split, measured in train(faces, load_ferplus(data, faces), model_folder).items():
        typer.echo(f"{split}: {', '.join(f'{name} {value}' for name, value in measured.figures().items())}")


@face.command("check-crops")
def check_crops(
    data: Data = Path("data"), model_folder: ModelFolder = MODEL_FOLDER, reports: Reports = REPORTS
) -> None:
    """Measure what the way through a photo costs: known faces, turned, found and cut out as the service does it."""
    from face_emotion.classifier import load_classifier
    from face_emotion.detection.detector import load_detector
    from musicalface_training.face.data.evaluation_set import load_test_split
    from musicalface_training.face.evaluation.crop_check import check_crops as check
    from musicalface_training.face.evaluation.crop_check import write_crop_page

    classifier = load_classifier(folder=model_folder)
    found = check(classifier.scores, load_detector().largest, load_test_split(data, SplitName.PUBLIC))
    typer.echo(f"report: {write_crop_page(reports, classifier.name, found)}")


@face.command("convert-detector")
def convert_detector(model_folder: ModelFolder = MODEL_FOLDER) -> None:
    """Make the served YuNet of the published one: the same weights, from pixels of any size to what is sure."""
    from face_emotion.detection.yunet import FILE
    from musicalface_training.face.yunet import published_yunet, whole_detector

    whole_detector(published_yunet(), model_folder / FILE)


@face.command("evaluate")
def evaluate(
    data: Data = Path("data"),
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
    classifier: Annotated[
        list[str] | None, typer.Option(help="A model or alias of the folder, or fer; all that are there by default")
    ] = None,
    split: Annotated[SplitName, typer.Option(help="The split of FER2013")] = SplitName.PRIVATE,
    photos: Annotated[
        Path | None,
        typer.Option(help="Any other set instead: a folder an emotion (as CK+48), RAF-DB, or a CSV of file,label"),
    ] = None,
) -> None:
    """Measure classifiers side by side, on FER2013 with FERPlus' votes or on photos of your own."""
    from musicalface_training.face.data.evaluation_set import load_test_split
    from musicalface_training.face.data.photos import load_photos
    from musicalface_training.face.evaluation.classifiers import load_candidates
    from musicalface_training.face.evaluation.comparison import compare, print_table
    from musicalface_training.face.evaluation.page import write_page

    try:
        candidates = load_candidates(model_folder, classifier)
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--classifier") from error
    faces = load_photos(photos) if photos else load_test_split(data, split)
    rows = compare(candidates, faces)
    print_table(rows, faces)
    typer.echo(f"report: {write_page(reports, faces, rows)}")
