"""The training and publication of Fisherfaces: fit, export, figures, and installation."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from face_emotion.classifier import EmotionClassifier
from musicalface_common.model_store import ModelEntry
from musicalface_common.vocabulary import EIGHT_EMOTIONS
from musicalface_training.commit import current_commit
from musicalface_training.export import require_parity
from musicalface_training.face.data.evaluation_set import label_splits
from musicalface_training.face.data.fer2013 import Fer2013
from musicalface_training.face.data.ferplus import UNDECIDED, FerPlus, majority
from musicalface_training.face.entry import PARITY_FACES, make_entry
from musicalface_training.face.evaluation.measures import Measured, measure
from musicalface_training.face.evaluation.scoring import score_all
from musicalface_training.face.fisherfaces.discriminant import (
    PREPROCESSING,
    export_fisherfaces,
    fit_fisherfaces,
    pixels,
)
from musicalface_training.model_folder import install

NAME = "fisherfaces"
DATA = "FER2013 with FERPlus' votes: trained on the rows of Training that count, components chosen on PublicTest"


def train_fisherfaces(faces: Fer2013, votes: FerPlus, model_folder: Path) -> dict[str, Measured]:
    """Train, export and install Fisherfaces; return their figures by split. `default` stays unchanged.

    Measures the exported file with the service's own classifier. Raises DatasetError and ExportError, with the model
    folder unchanged.
    """
    seen = majority(votes.train)
    counts = seen != UNDECIDED
    discriminant = fit_fisherfaces(faces.train.crops[counts], seen[counts])
    with tempfile.TemporaryDirectory() as staging:
        file = Path(staging) / f"{NAME}.onnx"
        export_fisherfaces(discriminant, file)
        classifier = EmotionClassifier(NAME, _entry(file, {}), file.parent)
        crops = faces.public.crops[:PARITY_FACES]
        require_parity(NAME, [classifier.scores(crops)], [discriminant.predict_proba(pixels(crops))])
        measured = _measure(classifier, faces, votes)
        install([file], model_folder, {NAME: _entry(file, measured)})
    return measured


def _measure(classifier: EmotionClassifier, faces: Fer2013, votes: FerPlus) -> dict[str, Measured]:
    splits = label_splits(faces, votes)
    return {
        name.value: measure(score_all(classifier.scores, split.crops, NAME), split) for name, split in splits.items()
    }


def _entry(file: Path, measured: Mapping[str, Measured]) -> ModelEntry:
    metrics = {split: figures.figures() for split, figures in measured.items()}
    return make_entry(file, EIGHT_EMOTIONS, DATA, metrics, current_commit(), preprocessing=PREPROCESSING)
