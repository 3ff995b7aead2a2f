"""The served lyrics network from songs to the model that the service loads, in a short run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lyrics_mood.classifier import load_classifier
from musicalface_common.vocabulary import MOODS
from musicalface_training.arrays import Floats
from musicalface_training.export import node_types
from musicalface_training.lyrics.data import splits
from musicalface_training.lyrics.data.corpus import Corpus, folds, load_corpus
from musicalface_training.lyrics.data.songs import TAGGED, UNJUDGED, UNLABELLED, WORDED
from musicalface_training.lyrics.embedding.minilm import WIDTH
from musicalface_training.lyrics.evaluation.out_of_fold import calibrated, temperature_of
from musicalface_training.lyrics.network import architecture as network
from musicalface_training.lyrics.network import publish as publish_network
from musicalface_training.lyrics.network import student
from musicalface_training.lyrics.network import train as train_network
from musicalface_training.lyrics.network.train import Trained
from musicalface_training.lyrics.teachers.lessons import SHARE, UNLABELLED_WEIGHTS, make_lessons
from musicalface_training.lyrics.teachers.regressions import Evidence

SONGS = 60
# A word that the songs of each mood have.
HEARD = ("hate", "cry", "dance", "sleep")
RANDOM = np.random.default_rng(0)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, make_song: Callable[[int, str], dict[str, str]]) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for file in (*TAGGED, *WORDED, *UNJUDGED):
        table = pd.DataFrame([make_song(number, file.partition(".")[0].replace("_", " ")) for number in range(SONGS)])
        table.assign(quadrant=table["mood"]).drop(columns="mood" if "deezer" in file else "quadrant").to_csv(
            folder / file, index=False
        )
    return folder


@pytest.fixture(scope="module")
def corpus(data: Path) -> Corpus:
    return load_corpus(data)


def evidence(corpus: Corpus) -> Evidence:
    """The teachers' features, without tags of artists."""
    return Evidence(corpus.songs.texts, embedded(corpus), np.zeros((len(corpus.songs), 3), np.float32))


def embedded(corpus: Corpus) -> Floats:
    """Make stand-ins for sentence embeddings, from counts of each mood's word."""
    places = np.array([[text.count(word) for word in HEARD] for text in corpus.songs.texts])
    return np.hstack([places, np.zeros((len(places), 2 * WIDTH - 4))]).astype(np.float32)


def test_songs_of_all_sets_have_their_labels(corpus: Corpus) -> None:
    assert len(corpus.songs) == SONGS * len((*TAGGED, *WORDED, *UNJUDGED))
    assert {question: int(corpus.labelled(question).sum()) for question in corpus.labels} == {
        "tags": SONGS * len(TAGGED),
        "words": SONGS * len(WORDED),
    }


def test_no_artist_of_a_judged_song_is_known(corpus: Corpus) -> None:
    parts = folds(corpus)
    artists = np.array(corpus.songs.artists)
    for question in corpus.labels:
        judged = np.sum([fold.judged[question] for fold in parts], axis=0)
        np.testing.assert_array_equal(judged, corpus.labelled(question).astype(int))
    for fold in parts:
        for judged in fold.judged.values():
            assert not set(artists[judged]) & set(artists[~fold.artists])


def test_held_out_labels_do_not_change_the_lessons(corpus: Corpus) -> None:
    fold = folds(corpus)[0]
    lessons = make_lessons(corpus, evidence(corpus), fold.artists)
    assert not fold.artists[lessons.rows].any()
    changed = {name: np.where(fold.artists, (labels + 1) % 4, labels) for name, labels in corpus.labels.items()}
    again = make_lessons(replace(corpus, labels=changed), evidence(corpus), fold.artists)
    np.testing.assert_array_equal(again.taught["tags"], lessons.taught["tags"])


def test_targets_mix_labels_and_teachers_scores(corpus: Corpus) -> None:
    lessons = make_lessons(corpus, evidence(corpus), np.zeros(len(corpus.songs), np.bool_))
    targets, weights = lessons.targets
    known = corpus.labelled("tags")
    np.testing.assert_allclose(targets["tags"].sum(axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(targets["tags"][~known], lessons.taught["tags"][~known])
    said = targets["tags"][known, corpus.labels["tags"][known]]
    assert (said >= 1 - SHARE).all()
    assert set(np.unique(weights["tags"])) == {np.float32(UNLABELLED_WEIGHTS["tags"]), np.float32(1)}


def test_scores_are_calibrated_with_the_other_songs_temperature() -> None:
    labels = RANDOM.integers(0, 4, 4000)
    right = RANDOM.random(4000) < 0.6
    said = np.where(right, labels, (labels + 1) % 4)
    scores = np.full((4000, 4), 0.01, np.float32)
    scores[np.arange(4000), said] = 0.97
    assert temperature_of(scores, labels) > 2
    np.testing.assert_allclose(calibrated(scores, labels).max(axis=1), 0.6, atol=0.05)


# Four networks are compiled, 30 s each, and longer on a slow machine.
@pytest.mark.timeout(900)
def test_a_network_is_trained_published_and_reported(
    data: Path, corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splits, "FOLDS", 2)
    monkeypatch.setattr(train_network, "WORDS", 30)
    monkeypatch.setattr(student, "PRETRAINING", replace(student.PRETRAINING, epochs=1))
    monkeypatch.setattr(student, "FINE_TUNING", replace(student.FINE_TUNING, epochs=8))
    monkeypatch.setattr(train_network, "embed_songs", lambda texts, folder, precision: embedded(corpus))
    monkeypatch.setattr(
        train_network, "word_vectors", lambda words, width, path, precision: RANDOM.normal(size=(len(words), width))
    )
    run, model_folder = tmp_path / "run", tmp_path / "model"
    monkeypatch.setattr(train_network, "artist_tags", lambda data, artists: evidence(corpus).artists)
    trained = train_network.train_network(data, run, "float32")
    accuracy = np.mean(np.argmax(trained.judged["tags"].network, axis=1) == trained.judged["tags"].labels)
    assert accuracy > 0.5
    _goes_on(data, run, trained)

    page = publish_network.publish_network(trained, run, model_folder, tmp_path / "reports")
    operators = node_types(model_folder / "lyrics-mood.onnx")
    assert operators.count("LSTM") == 1
    assert "Loop" not in operators
    served = load_classifier("default", model_folder)
    assert served.name == "lyrics-mood"
    scores = served.all_scores([f"{word} " * 9 for word in HEARD])
    assert set(scores) == {"lyrics-mood", "lyrics-words"}
    np.testing.assert_allclose(scores["lyrics-words"].sum(axis=1), 1, atol=1e-5)
    assert f"{len(corpus.songs):,} songs" in page.read_text()
    assert "TF-IDF, logistic regression" in page.read_text()
    assert len(list(page.parent.glob("*.png"))) == 3


def _goes_on(data: Path, run: Path, trained: Trained) -> None:
    again = train_network.train_network(data, run, "float32")
    np.testing.assert_array_equal(again.judged["words"].network, trained.judged["words"].network)


def test_the_unlabelled_are_marked() -> None:
    assert UNLABELLED not in range(len(MOODS))
    assert network.LENGTH % network.STEP == 0
