"""Put trained Fisherfaces where the service reads its models."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from face_emotion.classifier import EmotionClassifier, load_classifier
from musicalface_common.model_store import ModelEntry
from musicalface_common.vocabulary import EIGHT_EMOTIONS
from musicalface_training.commit import current_commit
from musicalface_training.errors import ExportError
from musicalface_training.export import TOLERANCE
from musicalface_training.face.data.evaluation_set import label_splits
from musicalface_training.face.data.fer2013 import Fer2013
from musicalface_training.face.data.ferplus import UNDECIDED, FerPlus, majority
from musicalface_training.face.entry import PARITY_FACES, install, make_entry
from musicalface_training.face.evaluation.measures import Measured, measure
from musicalface_training.face.evaluation.scoring import score_all
from musicalface_training.face.fisherfaces.discriminant import (
    PREPROCESSING,
    export_fisherfaces,
    fit_fisherfaces,
    pixels,
)

NAME = "fisherfaces"
DATA = "FER2013 with FERPlus' votes: trained on the rows of Training that count, components chosen on PublicTest"


def train_fisherfaces(faces: Fer2013, votes: FerPlus, model_folder: Path) -> dict[str, Measured]:
    """Train, export, check and measure Fisherfaces, and add them to the folder, whose `default` stays what it was.

    What is measured is the exported file under the service's own classifier. Raises DatasetError and ExportError, and
    then the folder stays as it was.
    """
    seen = majority(votes.train)
    counts = seen != UNDECIDED
    discriminant = fit_fisherfaces(faces.train.crops[counts], seen[counts])
    with tempfile.TemporaryDirectory() as staging:
        file = Path(staging) / f"{NAME}.onnx"
        export_fisherfaces(discriminant, file)
        install(file, file.parent, {NAME: _entry(file, {})})
        classifier = load_classifier(NAME, file.parent)
        _check_parity(discriminant, classifier, faces.public.crops[:PARITY_FACES])
        measured = _measure(classifier, faces, votes)
        install(file, model_folder, {NAME: _entry(file, measured)})
    return measured


def _check_parity(
    discriminant: LinearDiscriminantAnalysis, classifier: EmotionClassifier, crops: npt.NDArray[np.uint8]
) -> None:
    trained = discriminant.predict_proba(pixels(crops))
    difference = float(np.max(np.abs(classifier.scores(crops) - trained)))
    # Written so that a NaN is refused too.
    if not difference < TOLERANCE:
        raise ExportError(f"exported fisherfaces differ by {difference:.2g}, allowed is {TOLERANCE:g}")


def _measure(classifier: EmotionClassifier, faces: Fer2013, votes: FerPlus) -> dict[str, Measured]:
    splits = label_splits(faces, votes)
    return {
        name.value: measure(score_all(classifier.scores, split.crops, NAME), split) for name, split in splits.items()
    }


def _entry(file: Path, measured: Mapping[str, Measured]) -> ModelEntry:
    metrics = {split: figures.figures() for split, figures in measured.items()}
    return make_entry(file, EIGHT_EMOTIONS, DATA, metrics, current_commit(), preprocessing=PREPROCESSING)
