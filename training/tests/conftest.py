"""Fixtures that the training tests share. All their data is made up."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from musicalface_common.vocabulary import MOODS

SAID = {"angry": "hate war", "sad": "cry alone", "happy": "dance smile", "relaxed": "sleep easy"}


def pytest_configure(config: pytest.Config) -> None:
    """Ignore a NumPy warning that Keras causes with TensorFlow's arrays, and that only they can fix."""
    config.addinivalue_line(
        "filterwarnings", "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"
    )


MakeSong = Callable[[int, str], dict[str, str]]


@pytest.fixture(scope="session")
def make_song() -> MakeSong:
    """Make the nth song of a set: with words of its mood, by one of twenty artists, unlike every other song."""
    rng = np.random.default_rng(0)

    def make(number: int, name: str) -> dict[str, str]:
        mood = MOODS[number % 4]
        lyrics = " ".join(rng.permutation([*SAID[mood].split() * 5, "la", spell(number), *name.split()]))
        artist = f"Artist {number % 20} {name}"
        return {"artist": artist, "title": f"Song {number}", "mood": mood.value, "lyrics": lyrics}

    return make


@pytest.fixture
def moodylyrics(tmp_path: Path, make_song: MakeSong) -> Path:
    """A data folder with a labelled set of 80 songs by 20 artists, whose words tell their moods."""
    (tmp_path / "lyrics").mkdir()
    table = pd.DataFrame([make_song(number, "") for number in range(80)])
    table.to_csv(tmp_path / "lyrics" / "moodylyrics_genius.csv", index=False)
    return tmp_path


def spell(number: int) -> str:
    """Write a number as a word, so that no two songs have the same words."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))
