"""Put the trained network where the service reads it, as `default` and `fer2013`, and measure what it is worth."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from face_emotion.classifier import EmotionClassifier
from musicalface_common.model_store import ModelEntry
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS
from musicalface_training.calibration import fit_temperature
from musicalface_training.export import check_parity, export_onnx
from musicalface_training.face.data.evaluation_set import LabelledFaces, label_splits
from musicalface_training.face.data.fer2013 import Fer2013
from musicalface_training.face.data.ferplus import UNDECIDED, FerPlus, majority
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.entry import INPUT, PARITY_FACES, install, make_entry
from musicalface_training.face.evaluation.measures import Measured, measure
from musicalface_training.face.evaluation.scoring import score_all
from musicalface_training.face.network.architecture import build_network, size_of
from musicalface_training.face.network.page import write_network_page
from musicalface_training.face.network.quantise import quantise
from musicalface_training.face.network.served import OUTPUTS, build_served, see_both_sides
from musicalface_training.face.network.train import METRIC, SEED
from musicalface_training.face.normalisation import measure_statistics, take_sample
from musicalface_training.face.published import Published, Variant
from musicalface_training.face.split_names import SplitName
from musicalface_training.face.timing import milliseconds
from musicalface_training.loop import Run

NAME = "face-emotion"
LABELS = {NAME: EIGHT_EMOTIONS, "fer2013": SEVEN_EMOTIONS}
HEADS = {NAME: "ferplus", "fer2013": "fer2013"}
FILE = f"{NAME}.onnx"
EXACT_FILE = "exact.onnx"
DATA = "FER2013 with FERPlus' votes: trained on Training, epoch and temperature chosen on PublicTest"
# Eight bits ship if they are faster and cost less accuracy than this on PublicTest.
ALLOWED_LOSS = 0.003
CALIBRATION_FACES = 512


def publish_network(data: Fer2013, votes: FerPlus, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the run's best checkpoint, quantise it where that costs nothing, measure it; return the report's path.

    What is measured is the exported file under the service's own classifier. Raises ExportError, and then the model
    folder stays as it was.
    """
    run = Run(run_folder, METRIC)
    run.require_trained()
    staging = run_folder / "export"
    staging.mkdir(exist_ok=True)
    inputs = take_sample(to_input(data.train.crops), SEED)
    network = see_both_sides(load_average(run.best, inputs))
    temperatures = _fit_temperatures(network, data, votes)
    parity = _export(build_served(network, temperatures), data, staging / EXACT_FILE)
    splits = label_splits(data, votes)
    quantise(staging / EXACT_FILE, staging / FILE, inputs[:CALIBRATION_FACES])
    exact, quantised = (_variant(staging / name, splits[SplitName.PUBLIC]) for name in (EXACT_FILE, FILE))
    if not pays(exact, quantised):
        shutil.copyfile(staging / EXACT_FILE, staging / FILE)
    file = staging / FILE
    figures = {name: {split: _measure(file, name, faces) for split, faces in splits.items()} for name in LABELS}
    install(file, model_folder, _entries(file, figures, run.commit), {"default": NAME})
    return write_network_page(
        reports,
        Published(
            run.facts(),
            run.history(),
            figures,
            temperatures,
            parity,
            exact,
            quantised,
            "8 bits" if pays(exact, quantised) else "float32",
        ),
    )


def pays(exact: Variant, quantised: Variant) -> bool:
    """Tell whether eight bits are faster and cost no head too much accuracy."""
    lost = max(exact.accuracies[name] - quantised.accuracies[name] for name in LABELS)
    return lost < ALLOWED_LOSS and quantised.milliseconds < exact.milliseconds


def load_average(checkpoint: Path, sample: npt.NDArray[np.float32]) -> keras.Model:
    """Load a checkpoint's moving average as a float32 network, its statistics measured on a sample of its inputs."""
    trained = keras.saving.load_model(checkpoint)
    trained.optimizer.finalize_variable_values(trained.trainable_variables)
    keras.config.set_dtype_policy("float32")
    network = build_network(size_of(trained))
    network.set_weights(trained.get_weights())
    measure_statistics(network, sample)
    return network


def _fit_temperatures(network: keras.Model, data: Fer2013, votes: FerPlus) -> Mapping[str, float]:
    logits = network.predict(to_input(data.public.crops), batch_size=256)
    truth = {"ferplus": majority(votes.public), "fer2013": data.public.labels}
    decided = {head: labels != UNDECIDED for head, labels in truth.items()}
    return {head: fit_temperature(logits[head][decided[head]], truth[head][decided[head]]) for head in truth}


def _export(served: keras.Model, data: Fer2013, path: Path) -> float:
    export_onnx(served, path, INPUT)
    return check_parity(served, path, to_input(data.public.crops[:PARITY_FACES]))


def _variant(file: Path, faces: LabelledFaces) -> Variant:
    """Measure how often each model meets the truth that its head was trained on, and how long a crop takes."""
    measured = {name: _measure(file, name, faces) for name in LABELS}
    own = measured["fer2013"].fer2013
    assert own is not None
    accuracies = {NAME: measured[NAME].emotion.accuracy, "fer2013": own.accuracy}
    return Variant(accuracies, milliseconds(_classifier(file, NAME).scores, faces.crops[0]))


def _measure(file: Path, name: str, faces: LabelledFaces) -> Measured:
    return measure(score_all(_classifier(file, name).scores, faces.crops, name), faces)


def _classifier(file: Path, name: str) -> EmotionClassifier:
    return EmotionClassifier(name, _entries(file, {}, "")[name], file.parent)


def _entries(file: Path, figures: Mapping[str, Mapping[SplitName, Measured]], commit: str) -> dict[str, ModelEntry]:
    return {
        name: make_entry(file, labels, DATA, _metrics(figures.get(name, {})), commit, OUTPUTS[HEADS[name]])
        for name, labels in LABELS.items()
    }


def _metrics(figures: Mapping[SplitName, Measured]) -> dict[str, Any]:
    return {split.value: measured.figures() for split, measured in figures.items()}
