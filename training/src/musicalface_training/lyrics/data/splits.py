"""How songs are divided. The validation part stops the training; the test part is looked at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedGroupKFold, train_test_split

from musicalface_training.lyrics.data.songs import Songs

TEST_SHARE = 0.2
FOLDS = 5
VALIDATION_PARTS = 8

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """Row numbers of the three parts."""

    train: Rows
    validation: Rows
    test: Rows


def random_split(songs: Songs, seed: int) -> Split:
    """Divide 80/20, an eighth of the 80 for validation; each part has the moods in the same shares."""
    everything = np.arange(len(songs))
    rest, test = train_test_split(everything, test_size=TEST_SHARE, stratify=songs.labels, random_state=seed)
    train, validation = train_test_split(
        rest, test_size=1 / VALIDATION_PARTS, stratify=songs.labels[rest], random_state=seed
    )
    return Split(train, validation, test)


def artist_folds(songs: Songs, seed: int) -> list[Split]:
    """Divide five-fold so that no artist is in two parts of one split."""
    everything = np.arange(len(songs))
    return [
        Split(*_hold_out(songs, rest, VALIDATION_PARTS, seed)[0], test)
        for rest, test in _hold_out(songs, everything, FOLDS, seed)
    ]


def _hold_out(songs: Songs, rows: Rows, parts: int, seed: int) -> list[tuple[Rows, Rows]]:
    folds = StratifiedGroupKFold(parts, shuffle=True, random_state=seed)
    artists = np.array(songs.artists)[rows]
    return [(rows[rest], rows[held]) for rest, held in folds.split(rows, songs.labels[rows], artists)]
