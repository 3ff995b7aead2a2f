"""The classifier: scores of the served model, and models that it refuses to load."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from lyrics_mood.classifier import BATCH_SIZE, MODEL_FOLDER, Classifier, load_classifier
from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.model_store import ModelError
from musicalface_common.vocabulary import MOODS

TEXTS = [
    "Happy birthday, sing and dance, everybody smile and be happy tonight",
    "Tears and pain, I cry alone, lost and lonely, my heart is broken and sad",
    "Kill and destroy, hate and burn, war and blood, scream and die",
    "\u041b\u044e\u0431\u043e\u0432\u044c",
    "la " * 2000,
]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model folder that a test may change."""
    return Path(shutil.copytree(MODEL_FOLDER, tmp_path / "model"))


def test_labels_are_the_four_moods_in_their_order(classifier: Classifier) -> None:
    assert classifier.labels == ("angry", "sad", "happy", "relaxed")


def test_default_is_an_alias_of_a_named_model(classifier: Classifier) -> None:
    assert classifier.name != "default"
    assert load_classifier(classifier.name).name == classifier.name


def test_one_row_of_scores_per_text(classifier: Classifier) -> None:
    scores = classifier.scores(TEXTS)
    assert scores.dtype == np.float32
    assert scores.shape == (len(TEXTS), 4)
    np.testing.assert_allclose(scores.sum(axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(classifier: Classifier) -> None:
    assert classifier.scores([]).shape == (0, 4)


def test_plain_words_get_their_mood(classifier: Classifier) -> None:
    songs = [f"{text}\n" * 10 for text in TEXTS[:3]]
    strongest = [MOODS[row.argmax()] for row in classifier.scores(songs)]
    assert strongest == ["happy", "sad", "angry"]


def test_a_text_scores_the_same_alone_and_among_others(classifier: Classifier) -> None:
    together = classifier.scores(TEXTS)
    alone = np.concatenate([classifier.scores([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_batches_keep_the_order_of_the_texts(classifier: Classifier) -> None:
    texts = [TEXTS[index % 4] for index in range(BATCH_SIZE + 3)]
    scores = classifier.scores(texts)
    assert scores.shape == (BATCH_SIZE + 3, 4)
    np.testing.assert_allclose(scores[-3:], classifier.scores(texts[-3:]), atol=1e-6)


class RecordingSession:
    """Gives every text the same scores, and records the number of texts of each run."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def run(self, outputs: Sequence[str] | None, inputs: Mapping[str, npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
        self.sizes.append(len(inputs["tokens"]))
        return [np.full((self.sizes[-1], 4), 0.25, np.float32) for _ in outputs or []]


def test_a_run_of_the_network_takes_a_bounded_number_of_texts() -> None:
    session = RecordingSession()
    classifier = Classifier("one", session, "tokens", {"one": "scores"}, Tokenizer(["love"], 3), 0.5)
    assert len(classifier.scores(["love"] * (BATCH_SIZE + 3))) == BATCH_SIZE + 3
    assert session.sizes == [BATCH_SIZE, 3]


@pytest.mark.parametrize("file", ["reference.onnx", "vocabulary.txt"])
def test_a_changed_file_is_refused(folder: Path, file: str) -> None:
    path = folder / file
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(ModelError, match=file):
        load_classifier("reference", folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "vocabulary.txt").unlink()
    with pytest.raises(ModelError, match=r"vocabulary\.txt is missing"):
        load_classifier("reference", folder)


def test_labels_in_another_order_are_refused(folder: Path) -> None:
    index = json.loads((folder / "model.json").read_text())
    index["models"]["reference"]["labels"].reverse()
    (folder / "model.json").write_text(json.dumps(index))
    with pytest.raises(ModelError, match="relaxed, happy, sad, angry"):
        load_classifier("reference", folder)


def test_an_unknown_model_is_refused_with_the_names_of_the_known_ones() -> None:
    with pytest.raises(ModelError, match="reference"):
        load_classifier("other")
