"""Put a trained face network where the service reads it, and report what it is worth."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras

from face_emotion.classifier import load_classifier
from face_emotion.preprocessing import CROP_SIZE
from musicalface_common.model_store import ModelEntry, ModelInput
from musicalface_common.vocabulary import SEVEN_EMOTIONS
from musicalface_training.errors import ExportError
from musicalface_training.export import OPSET, check_parity, current_commit, export_onnx, file_sha256, update_index
from musicalface_training.face.dataset import Fer2013, Split
from musicalface_training.face.evaluate import Evaluation, evaluate
from musicalface_training.face.report import write_report
from musicalface_training.face.train import PREPROCESSING
from musicalface_training.loop import Run

NAME = "reference"
PARITY_FACES = 256


def publish_reference(data: Fer2013, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the run's best checkpoint, check and measure it, and return the report's path.

    What is measured is the exported file under the service's own classifier. Raises ExportError, and then the model
    folder stays as it was.
    """
    run = Run(run_folder)
    if not run.best.exists():
        raise ExportError(f"{run_folder} holds no trained network")
    staging = run_folder / "export"
    staging.mkdir(exist_ok=True)
    parity = _export(keras.saving.load_model(run.best), data.public, staging)
    _describe(staging, {})
    public, private = (_measure(staging, split) for split in (data.public, data.private))
    _install(staging, model_folder, {"PublicTest": public, "PrivateTest": private})
    return write_report(reports, run.history(), public, private, parity)


def _export(model: keras.Model, faces: Split, folder: Path) -> float:
    path = folder / f"{NAME}.onnx"
    export_onnx(model, path, "crops")
    return check_parity(model, path, PREPROCESSING(faces.crops[:PARITY_FACES]))


def _describe(folder: Path, evaluations: Mapping[str, Evaluation]) -> None:
    update_index(folder, NAME, _entry(folder / f"{NAME}.onnx", evaluations), {"default": NAME})


def _entry(path: Path, evaluations: Mapping[str, Evaluation]) -> ModelEntry:
    return ModelEntry(
        file=path.name,
        sha256=file_sha256(path),
        input=ModelInput(
            name="crops", shape=[None, CROP_SIZE, CROP_SIZE, 1], dtype="float32", preprocessing=asdict(PREPROCESSING)
        ),
        output="scores",
        labels=list(SEVEN_EMOTIONS),
        data="FER2013: trained on Training, epoch chosen on PublicTest",
        metrics={split: _figures(evaluation) for split, evaluation in evaluations.items()},
        commit=current_commit(),
        opset=OPSET,
    )


def _figures(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "faces": len(evaluation.truth),
        "accuracy": round(evaluation.accuracy, 4),
        "macro_f1": round(evaluation.macro_f1, 4),
    }


def _measure(folder: Path, split: Split) -> Evaluation:
    return evaluate(load_classifier(NAME, folder).scores, split, SEVEN_EMOTIONS)


def _install(staging: Path, model_folder: Path, evaluations: Mapping[str, Evaluation]) -> None:
    """Put the network beside those that are there: their sections of model.json stay."""
    model_folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(staging / f"{NAME}.onnx", model_folder / f"{NAME}.onnx")
    _describe(model_folder, evaluations)
