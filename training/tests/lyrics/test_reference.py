"""The reference lyrics network from labelled songs to the model that the service loads, in a short run."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lyrics_mood.classifier import load_classifier
from musicalface_training.arrays import Floats, Tokens
from musicalface_training.commit import current_commit
from musicalface_training.lyrics.data.songs import NJU, Songs, load_songs
from musicalface_training.lyrics.data.splits import Partition, random_split
from musicalface_training.lyrics.reference.architecture import build_reference
from musicalface_training.lyrics.reference.measures import TagAccuracy, measure_tagged, metrics
from musicalface_training.lyrics.reference.page import Published, write_report
from musicalface_training.lyrics.reference.publish import publish
from musicalface_training.lyrics.reference.train import SCHEDULE, Outcome, train_on


@pytest.fixture
def songs(moodylyrics: Path) -> Songs:
    return load_songs(moodylyrics)


@pytest.fixture
def split(songs: Songs) -> Partition:
    return random_split(songs, seed=1)


@pytest.fixture
def outcome(songs: Songs, split: Partition, tmp_path: Path) -> Outcome:
    return train_on(songs, split, tmp_path / "run", replace(SCHEDULE, epochs=1))


def test_the_network_is_the_described_one() -> None:
    layers = {layer.name.split("_")[0]: layer for layer in build_reference().layers}
    assert build_reference().count_params() == 552 * 50 + 4 * 32 * (50 + 32 + 1) + 33 * 256 + 257 * 4
    assert layers["dropout"].rate == pytest.approx(0.2)
    assert not layers["embedding"].mask_zero


def test_a_network_is_trained_published_and_reported(
    songs: Songs, split: Partition, outcome: Outcome, moodylyrics: Path, tmp_path: Path
) -> None:
    assert set(outcome.vocabulary) <= {word for row in split.train for word in songs.texts[row].split()}
    model_folder, texts = tmp_path / "model", songs.take(split.test).texts
    tagged = measure_tagged(outcome, moodylyrics, songs)
    assert tagged is None
    facts = {"data": "made up", "metrics": metrics(outcome, [outcome, outcome], tagged)}
    parity = publish(outcome, texts, tmp_path / "run", model_folder, facts)
    assert parity < 1e-4

    served = load_classifier("reference", model_folder)
    assert served.name == "reference"
    assert served.scores(texts).argmax(axis=1).tolist() == outcome.predicted.tolist()
    assert f'"commit": "{current_commit()}"' in (model_folder / "model.json").read_text()

    page = write_report(Published(songs, split, outcome, [outcome, outcome], tagged, parity), tmp_path / "reports")
    assert f"{outcome.accuracy:.1%}" in page.read_text()
    assert "make train-lyrics-reference DATA=" in page.read_text()
    pictures = sorted(path.name for path in page.parent.glob("*.png"))
    assert pictures == ["lyrics-reference-confusion.png", "lyrics-reference-curves.png"]


def test_figures_are_named_after_the_songs_that_they_were_measured_on() -> None:
    truth = np.array([0, 1, 2, 3])
    half, all_right = (
        Outcome(None, [], [{"val_accuracy": 0.75}], truth, np.array(said)) for said in ([0, 1, 0, 0], [0, 1, 2, 3])
    )
    figures = metrics(half, [half, all_right], TagAccuracy(0.25, 8, 0.3))
    assert figures["test"] == {"accuracy": 0.5, "songs": 4}
    assert figures["validation"] == {"accuracy": 0.75}
    assert figures["five_fold_by_artist"]["accuracy_mean"] == pytest.approx(0.75)
    assert figures["five_fold_by_artist"]["accuracy_sd"] == pytest.approx(0.3536)
    assert figures["nju_musicmood_tags"] == {"accuracy": 0.25, "songs": 8}


class Pessimist:
    """Stands in for a network that predicts sad for every song."""

    def predict(self, tokens: Tokens, **options: object) -> Floats:
        return np.tile(np.array([0.1, 0.7, 0.1, 0.1], np.float32), (len(tokens), 1))


def test_tagged_songs_are_measured_without_those_of_the_set(songs: Songs, moodylyrics: Path) -> None:
    others = [
        (f"Other {text}", "Song", mood, text) for text, mood in zip("abcd", ("sad", "sad", "happy", "sad"), strict=True)
    ]
    rows = [("Artist 0 ", "Song 0", "angry", "a song of the set"), *others]
    pd.DataFrame(rows, columns=["artist", "title", "mood", "lyrics"]).to_csv(moodylyrics / "lyrics" / NJU, index=False)
    outcome = Outcome(Pessimist(), ["la"], [], np.array([]), np.array([]))
    assert measure_tagged(outcome, moodylyrics, songs) == TagAccuracy(0.75, 4, 0.75)
