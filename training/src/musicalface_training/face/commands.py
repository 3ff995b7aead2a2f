"""The `face` commands."""

from pathlib import Path
from typing import Annotated

import typer

from face_emotion import MODEL_FOLDER
from musicalface_common.model_store import ModelError
from musicalface_training.face.data.fer2013 import Fer2013, SplitName, load_fer2013
from musicalface_training.face.data.ferplus import FerPlus, load_ferplus
from musicalface_training.options import DATA, REPORTS, ModelFolder, Precision, Reports, RunFolder, Size

face = typer.Typer(no_args_is_help=True)

Data = Annotated[Path, typer.Option(help="Folder with FER2013: Kaggle's CSV file, or train/ and test/ pictures")]
PrecisionOption = Annotated[Precision, typer.Option(help="bfloat16 is faster if the processor has AMX")]
RUN_FOLDER = Path("training/runs/face-emotion")
REFERENCE_RUN_FOLDER = Path("training/runs/face-reference")


@face.callback()
def _group() -> None:
    """Face emotion: train, export and measure its networks."""


@face.command("train")
def train_network(
    data: Data = DATA,
    run_folder: RunFolder = RUN_FOLDER,
    precision: PrecisionOption = "float32",
    size: Annotated[Size, typer.Option(help="large is served; small is its teacher")] = "large",
    teacher: Annotated[
        Path | None,
        typer.Option(help="best.keras of a run; its scores become half of the targets", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Train the served network on FER2013 with FERPlus' votes.

    On a processor with AMX, KERAS_BACKEND=torch with PyTorch and bfloat16 takes a third of the time.
    """
    from musicalface_training.face.network.train import train_network as train

    train(*_load(data), run_folder, precision, size, teacher)


@face.command("publish")
def publish_network(
    data: Data = DATA,
    run_folder: RunFolder = RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
) -> None:
    """Export and report the best checkpoint of the served network, and make it the default."""
    from musicalface_training.face.network.publish import publish_network as publish

    typer.echo(f"report: {publish(*_load(data), run_folder, model_folder, reports)}")


@face.command("train-reference")
def train_reference(
    data: Data = DATA,
    run_folder: RunFolder = REFERENCE_RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
    precision: PrecisionOption = "float32",
) -> None:
    """Train the reference network on FER2013; export and report it."""
    from musicalface_training.face.reference.publish import publish_reference as publish
    from musicalface_training.face.reference.train import train_reference as train

    faces = load_fer2013(data)
    train(faces, run_folder, precision)
    typer.echo(f"report: {publish(faces, run_folder, model_folder, reports)}")


@face.command("publish-reference")
def publish_reference(
    data: Data = DATA,
    run_folder: RunFolder = REFERENCE_RUN_FOLDER,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
) -> None:
    """Export and report the best checkpoint of a run, which may be finished, stopped or still training."""
    from musicalface_training.face.reference.publish import publish_reference as publish

    typer.echo(f"report: {publish(load_fer2013(data), run_folder, model_folder, reports)}")


@face.command("train-fisherfaces")
def train_fisherfaces(data: Data = DATA, model_folder: ModelFolder = MODEL_FOLDER) -> None:
    """Train Fisherfaces on FER2013 with FERPlus' labels, and add them to the models; the default does not change."""
    from musicalface_training.face.fisherfaces.publish import train_fisherfaces as train

    for split, measured in train(*_load(data), model_folder).items():
        typer.echo(f"{split}: {', '.join(f'{name} {value}' for name, value in measured.figures().items())}")


@face.command("check-crops")
def check_crops(data: Data = DATA, model_folder: ModelFolder = MODEL_FOLDER, reports: Reports = REPORTS) -> None:
    """Measure the accuracy that detection and alignment cost: known faces in photos, cut out by the service."""
    from face_emotion.classifier import load_classifier
    from face_emotion.detection.detector import load_detector
    from musicalface_training.face.data.evaluation_set import load_test_split
    from musicalface_training.face.evaluation.crop_check import check_crops as check
    from musicalface_training.face.evaluation.crop_check import write_crop_page

    classifier = load_classifier(folder=model_folder)
    found = check(classifier.scores, load_detector(), load_test_split(data, SplitName.PUBLIC))
    typer.echo(f"report: {write_crop_page(reports, classifier.name, found)}")


@face.command("convert-detector")
def convert_detector(model_folder: ModelFolder = MODEL_FOLDER) -> None:
    """Make the served YuNet from the published one: same weights, input of any size, output filtered by score."""
    from face_emotion.detection.yunet import FILE
    from musicalface_training.face.yunet import published_yunet, whole_detector

    whole_detector(published_yunet(), model_folder / FILE)


@face.command("evaluate")
def evaluate(
    data: Data = DATA,
    model_folder: ModelFolder = MODEL_FOLDER,
    reports: Reports = REPORTS,
    classifier: Annotated[
        list[str] | None, typer.Option(help="A model or alias of the folder, or fer; default: all that are found")
    ] = None,
    split: Annotated[SplitName, typer.Option(help="The split of FER2013")] = SplitName.PRIVATE,
    photos: Annotated[
        Path | None,
        typer.Option(
            help="Another set instead: one folder per emotion (as CK+48), RAF-DB, or a CSV file of file,label"
        ),
    ] = None,
) -> None:
    """Measure classifiers side by side, on FER2013 with FERPlus' votes or on photos of your own."""
    from musicalface_training.face.data.evaluation_set import load_test_split
    from musicalface_training.face.data.photos import load_photos
    from musicalface_training.face.evaluation.classifiers import load_classifiers
    from musicalface_training.face.evaluation.comparison import compare, print_table
    from musicalface_training.face.evaluation.page import write_comparison

    try:
        classifiers = load_classifiers(model_folder, classifier)
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--classifier") from error
    faces = load_photos(photos) if photos else load_test_split(data, split)
    rows = compare(classifiers, faces)
    print_table(rows, faces)
    typer.echo(f"report: {write_comparison(reports, faces, rows)}")


def _load(data: Path) -> tuple[Fer2013, FerPlus]:
    faces = load_fer2013(data)
    return faces, load_ferplus(data, faces)
