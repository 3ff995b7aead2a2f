"""The served face network: built, trained for two epochs, averaged, calibrated, and published."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from face_emotion.classifier import load_classifier
from musicalface_common.model_store import read_index
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS
from musicalface_training import export
from musicalface_training.calibration import fit_temperature
from musicalface_training.errors import ExportError
from musicalface_training.export import check_parity, export_onnx, node_types
from musicalface_training.face.data.fer2013 import Faces, Fer2013
from musicalface_training.face.data.ferplus import COLUMNS, FerPlus
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.entry import INPUT
from musicalface_training.face.network import publish as publishing
from musicalface_training.face.network import train as train_network
from musicalface_training.face.network.architecture import build_network, size_of
from musicalface_training.face.network.averaging import ValidatedAverage, use_average
from musicalface_training.face.network.page import Variant
from musicalface_training.face.network.publish import publish_network
from musicalface_training.face.network.quantise import quantise
from musicalface_training.face.network.served import build_served
from musicalface_training.face.network.teacher import teacher_scores
from musicalface_training.loop import Run, Schedule
from musicalface_training.options import Size

RANDOM = np.random.default_rng(0)
LABELS = np.arange(24, dtype=np.int64) % 7


def faces() -> Faces:
    return Faces(RANDOM.integers(0, 256, (24, 48, 48), np.uint8), LABELS)


@pytest.fixture(scope="module")
def data() -> Fer2013:
    return Fer2013(faces(), faces(), faces())


@pytest.fixture(scope="module")
def votes() -> FerPlus:
    rows = np.zeros((24, len(COLUMNS)), np.int64)
    rows[np.arange(24), LABELS] = 10
    return FerPlus(rows, rows, rows)


@pytest.fixture(scope="module")
def run_folder(data: Fer2013, votes: FerPlus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(train_network.SCHEDULES, "small", Schedule(epochs=2, patience=2, batch_size=8, seed=1))
        history = train_network.train_network(data, votes, folder, "float32", "small")
    assert len(history) == 2
    return folder


@pytest.mark.parametrize(("size", "parameters"), [("small", 1_235_879), ("large", 2_734_423)])
def test_the_network_takes_any_side_and_has_two_heads(size: Size, parameters: int) -> None:
    network = build_network(size)
    for side in (40, 48):
        logits = network(np.zeros((2, side, side, 1), np.float32))
        assert {head: tuple(values.shape) for head, values in logits.items()} == {"ferplus": (2, 8), "fer2013": (2, 7)}
    assert network.count_params() == parameters
    assert size_of(network) == size


def test_brightness_and_contrast_have_no_effect() -> None:
    network = build_network("small")
    crops = RANDOM.random((2, 48, 48, 1), np.float32)
    plain, dark = network(crops)["ferplus"], network(0.1 + crops / 3)["ferplus"]
    np.testing.assert_allclose(plain, dark, atol=0.05)


def test_the_average_is_validated_and_training_goes_on_from_the_weights() -> None:
    inputs = keras.Input((2,))
    model = keras.Model(inputs, keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")(inputs))
    values, targets = np.ones((4, 2), np.float32), np.ones((4, 1), np.float32)
    model.compile(keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.9), "mse")
    validated = ValidatedAverage(values)

    logs = model.fit(
        values, targets, batch_size=4, epochs=3, validation_data=(values, targets), callbacks=[validated], verbose=0
    ).history

    # Calculated by hand: the weights are 0.2, 0.32 and 0.392; their average starts with the first.
    np.testing.assert_allclose(model.get_weights()[0], 0.392, rtol=1e-5)
    averages = (0.2, 0.212, 0.23)
    np.testing.assert_allclose(logs["val_loss"], [(1 - 2 * weight) ** 2 for weight in averages], rtol=1e-4)
    use_average(model, values)
    np.testing.assert_allclose(model.get_weights()[0], 0.23, rtol=1e-5)


NORMALISE = """
import sys
import numpy as np
from musicalface_training.face.normalisation import FusedBatchNormalization
layer = FusedBatchNormalization(momentum=0.9)
inputs = np.random.default_rng(0).normal(3, 2, (4, 5, 5, 6)).astype(np.float32)
output = layer(inputs, training=True)
from keras import ops
np.savez(sys.argv[1], *map(ops.convert_to_numpy, [output, layer.moving_mean, layer.moving_variance]))
"""


def test_normalisation_is_the_same_on_both_backends(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed")
    outputs = []
    for backend in ("tensorflow", "torch"):
        file = tmp_path / f"{backend}.npz"
        environment = {**os.environ, "KERAS_BACKEND": backend}
        subprocess.run([sys.executable, "-c", NORMALISE, str(file)], env=environment, check=True)
        outputs.append(np.load(file).values())
    (output, mean, variance), (torch_output, torch_mean, torch_variance) = outputs
    np.testing.assert_allclose(torch_output, output, atol=1e-4)
    np.testing.assert_allclose(torch_mean, mean, atol=1e-4)
    # PyTorch keeps the unbiased variance of the 100 values of a channel.
    np.testing.assert_allclose(torch_variance - 0.9, (variance - 0.9) * 100 / 99, atol=1e-4)


def test_a_teachers_scores_are_the_mean_of_a_face_and_its_mirror_image(data: Fer2013, run_folder: Path) -> None:
    scores = teacher_scores(run_folder / "best.keras", data.train.crops, seed=0)
    assert {head: values.shape for head, values in scores.items()} == {"ferplus": (24, 8), "fer2013": (24, 7)}
    for values in scores.values():
        np.testing.assert_allclose(values.sum(axis=1), 1, atol=1e-5)
    network = publishing.load_average(run_folder / "best.keras", to_input(data.train.crops))
    sides = [network.predict(to_input(data.train.crops[:, :, ::step]), verbose=0)["ferplus"] for step in (1, -1)]
    seen = [np.exp(side) / np.sum(np.exp(side), axis=1, keepdims=True) for side in sides]
    assert np.max(np.abs(seen[0] - seen[1])) > 1e-4
    np.testing.assert_allclose(scores["ferplus"], np.mean(seen, axis=0), atol=1e-4)


def test_only_kernels_decay_also_after_loading(run_folder: Path) -> None:
    network = keras.saving.load_model(run_folder / "last.keras")
    decaying = [weight for weight in network.trainable_variables if network.optimizer._use_weight_decay(weight)]
    assert 0 < len(decaying) < len(network.trainable_variables)
    assert {weight.name for weight in decaying} == {"kernel"}


def test_a_temperature_is_found_again() -> None:
    logits = RANDOM.normal(0, 1, (20_000, 4))
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    labels = (chances.cumsum(axis=1) > RANDOM.random((20_000, 1))).argmax(axis=1)
    assert fit_temperature((2.5 * logits).astype(np.float32), labels) == pytest.approx(2.5, rel=0.05)


def test_a_temperature_softens_only_its_head() -> None:
    network = build_network("small")
    crops = RANDOM.random((2, 48, 48, 1), np.float32)
    sharp = build_served(network, {"ferplus": 1.0, "fer2013": 1.0}).predict_on_batch(crops)
    soft = build_served(network, {"ferplus": 5.0, "fer2013": 1.0}).predict_on_batch(crops)
    assert np.all(soft[0].max(axis=1) < sharp[0].max(axis=1))
    np.testing.assert_allclose(soft[1], sharp[1], rtol=1e-5)


def test_a_run_is_published_as_it_is_served(data: Fer2013, votes: FerPlus, run_folder: Path, tmp_path: Path) -> None:
    page = publish_network(data, votes, run_folder, tmp_path / "model", tmp_path / "reports")

    served, own = (load_classifier(name, tmp_path / "model") for name in ("default", "fer2013"))
    assert (served.name, served.labels, own.labels) == ("face-emotion", EIGHT_EMOTIONS, SEVEN_EMOTIONS)
    for classifier in (served, own):
        np.testing.assert_allclose(classifier.scores(data.public.crops).sum(axis=1), 1, atol=1e-5)
    accuracy = np.mean(served.scores(data.private.crops).argmax(axis=1) == LABELS)
    index = read_index(tmp_path / "model")
    assert index.models["face-emotion"].metrics["PrivateTest"]["accuracy"] == round(float(accuracy), 4)
    assert index.models["face-emotion"].sha256 == index.models["fer2013"].sha256
    assert index.models["face-emotion"].commit == Run(run_folder).commit != "unknown"
    assert f"{accuracy:.4f}" in page.read_text()
    assert {path.name for path in page.parent.iterdir()} == {
        "face-emotion.md",
        "face-emotion-confusion.png",
        "face-emotion-curves.png",
    }
    assert "BatchNormalization" not in node_types(tmp_path / "model" / "face-emotion.onnx")


@pytest.mark.parametrize(
    ("accuracies", "milliseconds", "expected"),
    [
        ((0.88, 0.70), 2.0, True),
        ((0.8771, 0.70), 2.0, True),
        ((0.877, 0.70), 2.0, False),
        ((0.88, 0.69), 2.0, False),
        ((0.89, 0.71), 4.0, False),
    ],
)
def test_eight_bits_ship_where_they_are_faster_and_cost_no_head_too_much(
    accuracies: tuple[float, float], milliseconds: float, expected: bool
) -> None:
    exact = Variant({"face-emotion": 0.88, "fer2013": 0.70}, 4.0)
    quantised = Variant(dict(zip(exact.accuracies, accuracies, strict=True)), milliseconds)
    assert publishing.pays(exact, quantised) is expected


def test_eight_bits_give_nearly_the_outputs_of_float32(
    run_folder: Path, data: Fer2013, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "TOLERANCE", 0.1)
    inputs = to_input(data.train.crops)
    served = build_served(publishing.load_average(run_folder / "best.keras", inputs), {"ferplus": 1.0, "fer2013": 1.0})
    export_onnx(served, tmp_path / "exact.onnx", INPUT)
    quantise(tmp_path / "exact.onnx", tmp_path / "quantised.onnx", inputs)
    assert "QuantizeLinear" in node_types(tmp_path / "quantised.onnx")
    assert check_parity(served, tmp_path / "quantised.onnx", inputs) > 0


def test_a_run_without_a_checkpoint_publishes_nothing(data: Fer2013, votes: FerPlus, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no trained network"):
        publish_network(data, votes, tmp_path / "empty", tmp_path / "model", tmp_path / "reports")
    assert not (tmp_path / "model").exists()


def test_a_run_without_a_finished_epoch_publishes_nothing(
    data: Fer2013, votes: FerPlus, run_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    shutil.copy(run_folder / "best.keras", tmp_path / "run")
    with pytest.raises(ExportError, match="holds no trained network"):
        publish_network(data, votes, tmp_path / "run", tmp_path / "model", tmp_path / "reports")
    assert not (tmp_path / "model").exists()


def test_eight_bits_that_cost_too_much_are_not_served(
    data: Fer2013, votes: FerPlus, run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No loss is small enough.
    monkeypatch.setattr(publishing, "ALLOWED_LOSS", -1.0)
    publish_network(data, votes, run_folder, tmp_path / "model", tmp_path / "reports")
    assert "QuantizeLinear" not in node_types(tmp_path / "model" / "face-emotion.onnx")
