"""The reference face network: its architecture, its export, and the figures of its exported file."""

from pathlib import Path

import keras
import numpy as np
import pytest

from face_emotion.classifier import load_classifier
from musicalface_common.model_store import read_index
from musicalface_common.vocabulary import SEVEN_EMOTIONS
from musicalface_training.errors import ExportError
from musicalface_training.face.data.fer2013 import Faces, Fer2013
from musicalface_training.face.evaluation.predictions import Predictions
from musicalface_training.face.normalisation import MeasuredStatistics
from musicalface_training.face.reference.architecture import build_reference
from musicalface_training.face.reference.publish import publish_reference
from musicalface_training.loop import Run
from musicalface_training.model_folder import install


def _faces(count: int) -> Faces:
    random = np.random.default_rng(count)
    return Faces(random.integers(0, 256, (count, 48, 48), np.uint8), np.arange(count, dtype=np.int64) % 7)


def test_the_network_is_the_one_described() -> None:
    model = build_reference()
    kinds = [type(layer).__name__ for layer in model.layers]
    assert kinds.count("Conv2D") == 4
    assert kinds.count("BatchNormalization") == 6
    assert [layer.rate for layer in model.layers if isinstance(layer, keras.layers.Dropout)] == [
        0.25,
        0.25,
        0.5,
        0.1,
        0.5,
        0.5,
    ]
    # 48 -> 24 -> (valid 5x5) 20 -> 10 -> 5 -> 2
    assert next(layer for layer in model.layers if isinstance(layer, keras.layers.Flatten)).output.shape == (None, 2048)
    assert model.count_params() == 3_823_367


def test_a_run_is_published_with_what_the_service_itself_measures(tmp_path: Path) -> None:
    model = build_reference()
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = [{"accuracy": 0.1, "loss": 2.0, "val_accuracy": 0.2, "val_loss": 1.9}]
    Run(tmp_path / "run").record(model, history)
    data = Fer2013(_faces(8), _faces(21), _faces(14))

    page = publish_reference(data, tmp_path / "run", tmp_path / "model", tmp_path / "reports")

    classifier = load_classifier("reference", tmp_path / "model")
    assert classifier.labels == SEVEN_EMOTIONS
    accuracy = np.mean(classifier.scores(data.private.crops).argmax(axis=1) == data.private.labels)
    assert f"| PrivateTest | 14 | {accuracy:.4f} |" in page.read_text()
    published = read_index(tmp_path / "model")
    install([], tmp_path / "model", {"other": published.models["reference"]})
    publish_reference(data, tmp_path / "run", tmp_path / "model", tmp_path / "reports")
    assert set(read_index(tmp_path / "model").models) == {"reference", "other"}
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {
        "face-reference.md",
        "face-reference-confusion.png",
        "face-reference-curves.png",
    }


def test_a_run_without_a_checkpoint_publishes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no trained network"):
        publish_reference(Fer2013(_faces(1), _faces(1), _faces(1)), tmp_path, tmp_path / "model", tmp_path / "reports")
    assert not (tmp_path / "model").exists()


def test_figures_of_an_evaluation() -> None:
    found = Predictions(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), ("angry", "happy"))
    assert found.accuracy == 0.75
    assert found.macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)
    names, counts, recalls, f1s = zip(*found.per_class(), strict=True)
    assert (names, counts, recalls) == (("angry", "happy"), (2, 2), (0.5, 1.0))
    assert f1s == pytest.approx((2 / 3, 0.8))


def test_statistics_are_those_of_the_sample_before_validation() -> None:
    inputs = keras.Input((3,))
    normalise = keras.layers.BatchNormalization()
    model = keras.Model(inputs, normalise(inputs))
    values = np.random.default_rng(0).normal(5, 2, (100, 3)).astype(np.float32)
    measured = MeasuredStatistics(values, seed=0)
    measured.set_model(model)

    measured.on_test_begin()

    np.testing.assert_allclose(normalise.moving_mean, values.mean(axis=0), rtol=1e-4)
    np.testing.assert_allclose(normalise.moving_variance, values.var(axis=0), rtol=1e-3)
    assert normalise.momentum == 0.99
