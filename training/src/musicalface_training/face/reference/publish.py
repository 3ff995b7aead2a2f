"""The publication of the reference face network: export, figures, and installation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

from face_emotion.classifier import EmotionClassifier
from musicalface_common.model_store import ModelEntry
from musicalface_common.vocabulary import SEVEN_EMOTIONS
from musicalface_training.export import export_checked
from musicalface_training.face.data.fer2013 import Faces, Fer2013, SplitName
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.entry import INPUT, PARITY_FACES, make_entry
from musicalface_training.face.evaluation.predictions import Predictions
from musicalface_training.face.evaluation.scoring import score_all
from musicalface_training.face.reference.page import Published, write_report
from musicalface_training.loop import Run
from musicalface_training.model_folder import install

NAME = "reference"
DATA = "FER2013: trained on Training, epoch chosen on PublicTest"


def publish_reference(data: Fer2013, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the run's best checkpoint, install and report it; return the report's path. `default` stays unchanged.

    Measures the exported file with the service's own classifier. Raises ExportError, with the model folder unchanged.
    """
    run = Run(run_folder)
    run.require_trained()
    file = run_folder / "export" / f"{NAME}.onnx"
    file.parent.mkdir(exist_ok=True)
    model = keras.saving.load_model(run.best)
    parity = export_checked(model, file, INPUT, to_input(data.public.crops[:PARITY_FACES]))
    classifier = EmotionClassifier(NAME, _entry(file, {}, run.commit), file.parent)
    public, private = (_predict(classifier, faces) for faces in (data.public, data.private))
    metrics = {SplitName.PUBLIC.value: _figures(public), SplitName.PRIVATE.value: _figures(private)}
    install([file], model_folder, {NAME: _entry(file, metrics, run.commit)})
    return write_report(reports, Published(run.history(), public, private, parity))


def _predict(classifier: EmotionClassifier, faces: Faces) -> Predictions:
    scores = score_all(classifier.scores, faces.crops, NAME)
    return Predictions(faces.labels, np.asarray(np.argmax(scores, axis=1), np.int64), SEVEN_EMOTIONS)


def _figures(predictions: Predictions) -> dict[str, Any]:
    return {
        "faces": len(predictions.truth),
        "accuracy": round(predictions.accuracy, 4),
        "macro_f1": round(predictions.macro_f1, 4),
    }


def _entry(file: Path, metrics: Mapping[str, Any], commit: str) -> ModelEntry:
    return make_entry(file, SEVEN_EMOTIONS, DATA, metrics, commit)
