"""Random and by-artist partitions of songs. Validation stops the training; test is measured once, after it."""

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold, train_test_split

from musicalface_training.arrays import Rows
from musicalface_training.lyrics.data.songs import Songs

TEST_SHARE = 0.2
FOLDS = 5
VALIDATION_PARTS = 8


@dataclass(frozen=True)
class Partition:
    """Row numbers of the training, validation and test part: int64."""

    train: Rows
    validation: Rows
    test: Rows


def random_split(songs: Songs, seed: int) -> Partition:
    """Divide songs into 70/10/20% for training, validation and test, each with the same shares of moods."""
    everything = np.arange(len(songs))
    rest, test = train_test_split(everything, test_size=TEST_SHARE, stratify=songs.labels, random_state=seed)
    train, validation = train_test_split(
        rest, test_size=1 / VALIDATION_PARTS, stratify=songs.labels[rest], random_state=seed
    )
    return Partition(train, validation, test)


def artist_folds(songs: Songs, seed: int) -> list[Partition]:
    """Divide songs five times, each fifth being the test part once; no artist is in two parts of a partition."""
    everything = np.arange(len(songs))
    return [
        Partition(*_hold_out(songs, rest, VALIDATION_PARTS, seed)[0], test)
        for rest, test in _hold_out(songs, everything, FOLDS, seed)
    ]


def _hold_out(songs: Songs, rows: Rows, parts: int, seed: int) -> list[tuple[Rows, Rows]]:
    folds = StratifiedGroupKFold(parts, shuffle=True, random_state=seed)
    artists = np.array(songs.artists)[rows]
    return [(rows[rest], rows[held]) for rest, held in folds.split(rows, songs.labels[rows], artists)]
