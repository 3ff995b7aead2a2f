"""Fixtures that the training tests share. All data is made here."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from musicalface_common.vocabulary import MOODS

SAID = {"angry": "hate war", "sad": "cry alone", "happy": "dance smile", "relaxed": "sleep easy"}


def pytest_configure(config: pytest.Config) -> None:
    """Bear with what Keras and TensorFlow do to each other: NumPy warns of it, and it is theirs to mend."""
    config.addinivalue_line(
        "filterwarnings", "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"
    )


@pytest.fixture
def moodylyrics(tmp_path: Path) -> Path:
    """A data folder with a labelled set of 80 songs of 20 artists, told apart by their words."""
    rng = np.random.default_rng(0)
    rows = [
        {
            "artist": f"Artist {number % 20}",
            "title": f"Song {number}",
            "mood": MOODS[number % 4].value,
            "lyrics": " ".join(rng.permutation([*SAID[MOODS[number % 4]].split() * 5, *f"la {spell(number)}".split()])),
        }
        for number in range(80)
    ]
    (tmp_path / "lyrics").mkdir()
    pd.DataFrame(rows).to_csv(tmp_path / "lyrics" / "moodylyrics_genius.csv", index=False)
    return tmp_path


def spell(number: int) -> str:
    """Write a number as a word, so that no two songs are twins."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))
