"""Put the trained reference network where the service reads it, and report what it is worth."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from face_emotion.classifier import load_classifier
from musicalface_common.model_store import ModelEntry
from musicalface_common.vocabulary import SEVEN_EMOTIONS
from musicalface_training.export import check_parity, export_onnx
from musicalface_training.face.data.fer2013 import Fer2013, Split
from musicalface_training.face.data.inputs import PREPROCESSING
from musicalface_training.face.entry import INPUT, PARITY_FACES, install, make_entry
from musicalface_training.face.evaluation.predictions import Evaluation, evaluate
from musicalface_training.face.reference.page import write_reference_page
from musicalface_training.loop import Run

NAME = "reference"
DATA = "FER2013: trained on Training, epoch chosen on PublicTest"


def publish_reference(data: Fer2013, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the run's best checkpoint, check and measure it, and return the report's path.

    What is measured is the exported file under the service's own classifier. The folder's `default` stays what it
    was. Raises ExportError, and then the model folder stays as it was.
    """
    run = Run(run_folder)
    run.require_trained()
    file = run_folder / "export" / f"{NAME}.onnx"
    file.parent.mkdir(exist_ok=True)
    parity = _export(keras.saving.load_model(run.best), data.public, file)
    install(file, file.parent, {NAME: _entry(file, {}, run.commit)})
    public, private = (_measure(file.parent, split) for split in (data.public, data.private))
    install(file, model_folder, {NAME: _entry(file, {"PublicTest": public, "PrivateTest": private}, run.commit)})
    return write_reference_page(reports, run.history(), public, private, parity)


def _export(model: keras.Model, faces: Split, path: Path) -> float:
    export_onnx(model, path, INPUT)
    return check_parity(model, path, PREPROCESSING(faces.crops[:PARITY_FACES]))


def _entry(file: Path, evaluations: Mapping[str, Evaluation], commit: str) -> ModelEntry:
    metrics = {split: _figures(evaluation) for split, evaluation in evaluations.items()}
    return make_entry(file, SEVEN_EMOTIONS, DATA, metrics, commit)


def _figures(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "faces": len(evaluation.truth),
        "accuracy": round(evaluation.accuracy, 4),
        "macro_f1": round(evaluation.macro_f1, 4),
    }


def _measure(folder: Path, split: Split) -> Evaluation:
    return evaluate(load_classifier(NAME, folder).scores, split, SEVEN_EMOTIONS)
