"""The publication of the served face network: export, quantisation, figures, and installation."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import keras

from face_emotion.classifier import EmotionClassifier
from musicalface_common.model_store import ModelEntry
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS
from musicalface_training.arrays import Floats
from musicalface_training.calibration import fit_temperature
from musicalface_training.export import export_checked
from musicalface_training.face.data.evaluation_set import EvaluationSet, label_splits
from musicalface_training.face.data.fer2013 import Fer2013, SplitName
from musicalface_training.face.data.ferplus import UNDECIDED, FerPlus, majority
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.entry import INPUT, PARITY_FACES, make_entry
from musicalface_training.face.evaluation.measures import Measured, measure
from musicalface_training.face.evaluation.scoring import milliseconds, score_all
from musicalface_training.face.network.architecture import build_network, size_of
from musicalface_training.face.network.page import Published, Variant, write_report
from musicalface_training.face.network.quantise import quantise
from musicalface_training.face.network.served import OUTPUTS, build_served, see_both_sides
from musicalface_training.face.network.train import METRIC, SEED
from musicalface_training.face.normalisation import measure_statistics, take_sample
from musicalface_training.loop import Run
from musicalface_training.model_folder import install

NAME = "face-emotion"
LABELS = {NAME: EIGHT_EMOTIONS, "fer2013": SEVEN_EMOTIONS}
HEADS = {NAME: "ferplus", "fer2013": "fer2013"}
FILE = f"{NAME}.onnx"
EXACT_FILE = "exact.onnx"
DATA = "FER2013 with FERPlus' votes: trained on Training, epoch and temperature chosen on PublicTest"
# 8 bits ship if they are faster and lose less accuracy than this on PublicTest.
ALLOWED_LOSS = 0.003
CALIBRATION_FACES = 512


def publish_network(data: Fer2013, votes: FerPlus, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the run's best checkpoint, in 8 bits if that pays, install and report it; return the report's path.

    Measures the exported file with the service's own classifier. Raises ExportError, with the model folder unchanged.
    """
    run = Run(run_folder, METRIC)
    run.require_trained()
    staging = run_folder / "export"
    staging.mkdir(exist_ok=True)
    inputs = take_sample(to_input(data.train.crops), SEED)
    temperatures, parity = _export(load_average(run.best, inputs), data, votes, staging / EXACT_FILE)
    splits = label_splits(data, votes)
    file = staging / FILE
    quantise(staging / EXACT_FILE, file, inputs[:CALIBRATION_FACES])
    exact, quantised = (_variant(staging / name, splits[SplitName.PUBLIC]) for name in (EXACT_FILE, FILE))
    if not pays(exact, quantised):
        shutil.copyfile(staging / EXACT_FILE, file)
    shipped = "8 bits" if pays(exact, quantised) else "float32"
    figures = {name: {split: _measure(file, name, faces) for split, faces in splits.items()} for name in LABELS}
    install([file], model_folder, _entries(file, figures, run.commit), {"default": NAME})
    return write_report(
        reports, Published(run.facts(), run.history(), figures, temperatures, parity, exact, quantised, shipped)
    )


def pays(exact: Variant, quantised: Variant) -> bool:
    """Return whether 8 bits are faster and each head loses less accuracy than ALLOWED_LOSS."""
    lost = max(exact.accuracies[name] - quantised.accuracies[name] for name in LABELS)
    return lost < ALLOWED_LOSS and quantised.milliseconds < exact.milliseconds


def load_average(checkpoint: Path, sample: Floats) -> keras.Model:
    """Load a checkpoint's moving average as a float32 network, with statistics measured on a sample of its inputs."""
    trained = keras.saving.load_model(checkpoint)
    trained.optimizer.finalize_variable_values(trained.trainable_variables)
    keras.config.set_dtype_policy("float32")
    network = build_network(size_of(trained))
    network.set_weights(trained.get_weights())
    measure_statistics(network, sample)
    return network


def _export(network: keras.Model, data: Fer2013, votes: FerPlus, path: Path) -> tuple[Mapping[str, float], float]:
    """Write the network as it is served; return its temperatures by head, and its largest difference from Keras."""
    both_sides = see_both_sides(network)
    temperatures = _fit_temperatures(both_sides, data, votes)
    served = build_served(both_sides, temperatures)
    return temperatures, export_checked(served, path, INPUT, to_input(data.public.crops[:PARITY_FACES]))


def _fit_temperatures(network: keras.Model, data: Fer2013, votes: FerPlus) -> Mapping[str, float]:
    logits = network.predict(to_input(data.public.crops), batch_size=256)
    truth = {"ferplus": majority(votes.public), "fer2013": data.public.labels}
    decided = {head: labels != UNDECIDED for head, labels in truth.items()}
    return {head: fit_temperature(logits[head][decided[head]], truth[head][decided[head]]) for head in truth}


def _variant(file: Path, faces: EvaluationSet) -> Variant:
    """Measure the accuracy of each model on the labels that its head was trained on, and the time of one crop."""
    measured = {name: _measure(file, name, faces) for name in LABELS}
    own = measured["fer2013"].fer2013
    assert own is not None
    accuracies = {NAME: measured[NAME].emotion.accuracy, "fer2013": own.accuracy}
    return Variant(accuracies, milliseconds(_classifier(file, NAME).scores, faces.crops[0]))


def _measure(file: Path, name: str, faces: EvaluationSet) -> Measured:
    return measure(score_all(_classifier(file, name).scores, faces.crops, name), faces)


def _classifier(file: Path, name: str) -> EmotionClassifier:
    return EmotionClassifier(name, _entries(file, {}, "")[name], file.parent)


def _entries(file: Path, figures: Mapping[str, Mapping[SplitName, Measured]], commit: str) -> dict[str, ModelEntry]:
    metrics = {
        name: {split.value: measured.figures() for split, measured in by.items()} for name, by in figures.items()
    }
    return {
        name: make_entry(file, labels, DATA, metrics.get(name, {}), commit, OUTPUTS[HEADS[name]])
        for name, labels in LABELS.items()
    }
