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
from musicalface_training.errors import ExportError
from musicalface_training.export import check_parity, export_onnx
from musicalface_training.face.dataset import Fer2013
from musicalface_training.face.entry import INPUT, PARITY_FACES, install, make_entry
from musicalface_training.face.ferplus import UNDECIDED, FerPlus, majority
from musicalface_training.face.inputs import to_input
from musicalface_training.face.labelled import LabelledFaces, label_split
from musicalface_training.face.measures import Measured, measure
from musicalface_training.face.network import build_network, size_of
from musicalface_training.face.network_page import write_network_page
from musicalface_training.face.normalisation import measure_statistics, take_sample
from musicalface_training.face.published import Published
from musicalface_training.face.quantise import quantise
from musicalface_training.face.served import OUTPUTS, build_served, fit_temperature
from musicalface_training.face.split_names import SplitName
from musicalface_training.face.train_network import METRIC, SEED
from musicalface_training.loop import Run

LABELS = {"face-emotion": EIGHT_EMOTIONS, "fer2013": SEVEN_EMOTIONS}
HEADS = {"face-emotion": "ferplus", "fer2013": "fer2013"}
FILE = "face-emotion.onnx"
EXACT_FILE = "exact.onnx"
DATA = "FER2013 with FERPlus' votes: trained on Training, epoch and temperature chosen on PublicTest"
# Eight bits ship if they cost less accuracy than this on PublicTest.
ALLOWED_LOSS = 0.003
CALIBRATION_FACES = 512


def publish_network(data: Fer2013, votes: FerPlus, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the run's best checkpoint, quantise it where that costs nothing, measure it; return the report's path.

    What is measured is the exported file under the service's own classifier. Raises ExportError, and then the model
    folder stays as it was.
    """
    run = Run(run_folder, METRIC)
    if not run.best.exists() or not run.history():
        raise ExportError(f"{run_folder} holds no trained network")
    staging = run_folder / "export"
    staging.mkdir(exist_ok=True)
    inputs = take_sample(to_input(data.train.crops), SEED)
    network = load_average(run.best, inputs)
    temperatures = _fit_temperatures(network, data, votes)
    parity = _export(build_served(network, temperatures), data, staging / EXACT_FILE)
    splits = {
        SplitName.PUBLIC: label_split(data.public, votes.public, SplitName.PUBLIC),
        SplitName.PRIVATE: label_split(data.private, votes.private, SplitName.PRIVATE),
    }
    exact, quantised = _quantise_where_harmless(staging, inputs, splits[SplitName.PUBLIC])
    file = staging / FILE
    figures = {name: {split: _measure(file, name, faces) for split, faces in splits.items()} for name in LABELS}
    install(file, model_folder, _entries(file, figures), {"default": "face-emotion"})
    return write_network_page(
        reports, Published(size_of(network), run.history(), figures, temperatures, parity, exact, quantised)
    )


def _quantise_where_harmless(
    staging: Path, inputs: npt.NDArray[np.float32], faces: LabelledFaces
) -> tuple[dict[str, float], dict[str, float]]:
    """Write the file to be served; return each model's accuracy in float32 and in eight bits."""
    quantise(staging / EXACT_FILE, staging / FILE, inputs[:CALIBRATION_FACES])
    exact, quantised = (_accuracies(staging / file, faces) for file in (EXACT_FILE, FILE))
    if any(exact[name] - quantised[name] >= ALLOWED_LOSS for name in LABELS):
        shutil.copyfile(staging / EXACT_FILE, staging / FILE)
    return exact, quantised


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


def _accuracies(file: Path, faces: LabelledFaces) -> dict[str, float]:
    """Return what each model is chosen by: how often it meets the truth that its head was trained on."""
    measured = {name: _measure(file, name, faces) for name in LABELS}
    own = measured["fer2013"].fer2013
    assert own is not None
    return {"face-emotion": measured["face-emotion"].emotion.accuracy, "fer2013": own.accuracy}


def _measure(file: Path, name: str, faces: LabelledFaces) -> Measured:
    entry = _entries(file, {})[name]
    return measure(EmotionClassifier(name, entry, file.parent).scores(faces.crops), faces)


def _entries(file: Path, figures: Mapping[str, Mapping[SplitName, Measured]]) -> dict[str, ModelEntry]:
    return {
        name: make_entry(file, labels, DATA, _metrics(figures.get(name, {})), OUTPUTS[HEADS[name]])
        for name, labels in LABELS.items()
    }


def _metrics(figures: Mapping[SplitName, Measured]) -> dict[str, Any]:
    return {split.value: measured.figures() for split, measured in figures.items()}
