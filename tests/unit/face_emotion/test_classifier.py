"""The committed model: its labels, its scores, and how it is checked when it is loaded."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from support.photos import Pixels

from face_emotion import MODEL_FOLDER
from face_emotion.classifier import EmotionClassifier, load_classifier
from musicalface_common.model_store import ModelError

FER2013 = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


@pytest.fixture(scope="module")
def classifier() -> EmotionClassifier:
    return load_classifier()


@pytest.fixture(scope="module")
def crops() -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (5, 48, 48), np.uint8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the model folder, so that a test can alter it."""
    return shutil.copytree(MODEL_FOLDER, tmp_path / "model")


def test_labels_follow_fer2013_not_the_alphabet(classifier: EmotionClassifier) -> None:
    assert classifier.labels[:7] == FER2013
    assert classifier.labels[7:] == ("contempt",)


def test_the_name_is_the_model_s_own_name_not_an_alias(classifier: EmotionClassifier) -> None:
    assert classifier.name != "default"
    assert load_classifier(classifier.name).name == classifier.name


def test_each_crop_gets_a_row_that_sums_to_1(classifier: EmotionClassifier, crops: Pixels) -> None:
    scores = classifier.scores(crops)
    assert scores.dtype == np.float32
    assert scores.shape == (5, len(classifier.labels))
    assert (scores >= 0).all()
    np.testing.assert_allclose(scores.sum(axis=1), 1, atol=1e-5)


def test_a_crop_has_the_same_scores_alone_and_among_others(classifier: EmotionClassifier, crops: Pixels) -> None:
    np.testing.assert_allclose(classifier.scores(crops)[2:3], classifier.scores(crops[2:3]), atol=1e-5)


def test_different_crops_score_differently(classifier: EmotionClassifier) -> None:
    ramp = np.tile(np.linspace(0, 255, 48).astype(np.uint8), (48, 1))
    one, other = classifier.scores(np.stack([ramp, ramp.T]))
    assert np.abs(one - other).max() > 1e-4


def test_no_crops_give_no_rows(classifier: EmotionClassifier) -> None:
    scores = classifier.scores(np.empty((0, 48, 48), np.uint8))
    assert scores.dtype == np.float32
    assert scores.shape == (0, len(classifier.labels))


def test_crops_of_another_size_are_refused(classifier: EmotionClassifier) -> None:
    with pytest.raises(ValueError, match="48"):
        classifier.scores(np.zeros((1, 64, 64), np.uint8))


def test_the_preprocessing_of_model_json_is_applied(classifier: EmotionClassifier, folder: Path, crops: Pixels) -> None:
    index = json.loads((folder / "model.json").read_text())
    preprocessing = index["models"][classifier.name]["input"]["preprocessing"]
    preprocessing["scale"] = preprocessing["scale"] / 2
    (folder / "model.json").write_text(json.dumps(index))
    assert np.abs(load_classifier(folder=folder).scores(crops) - classifier.scores(crops)).max() > 1e-4


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ModelError, match="default"):
        load_classifier("no-such-model")


def test_an_altered_model_is_refused(classifier: EmotionClassifier, folder: Path) -> None:
    index = json.loads((folder / "model.json").read_text())
    network = folder / index["models"][classifier.name]["file"]
    network.write_bytes(network.read_bytes() + b"\0")
    with pytest.raises(ModelError, match="sha256"):
        load_classifier(folder=folder)
