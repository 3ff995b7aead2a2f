"""FERPlus (Barsoum et al. 2016, arXiv 1608.01041): the votes of ten annotators on each picture of FER2013."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from musicalface_common.vocabulary import EIGHT_EMOTIONS
from musicalface_training.arrays import Floats, Labels
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.fer2013 import CSV_SPLITS, Fer2013
from musicalface_training.tables import find_table, read_table

FILE = "fer2013new.csv"
# The file's columns in the order of EIGHT_EMOTIONS, then "unknown" and "no face".
COLUMNS = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral", "contempt", "unknown", "nf")
EMOTIONS = len(EIGHT_EMOTIONS)
UNDECIDED = -1

Votes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class FerPlus:
    """Votes by split, int64 (n, 10), one row per face of FER2013: EIGHT_EMOTIONS, then unknown and no face."""

    train: Votes
    public: Votes
    private: Votes


def load_ferplus(data: Path, faces: Fer2013) -> FerPlus:
    """Load the votes on `faces` from `data/fer2013` or `data`.

    Raises DatasetError if the file is missing, or has other numbers of rows than FER2013.
    """
    path = find_table(data, "fer2013", FILE)
    table = read_table(path, {name: (name,) for name in ("usage", *COLUMNS)})
    votes = FerPlus(**{split: _votes(table[table["usage"] == usage], path) for usage, split in CSV_SPLITS.items()})
    for split in CSV_SPLITS.values():
        found, wanted = len(getattr(votes, split)), len(getattr(faces, split))
        if found != wanted:
            raise DatasetError(f"{path} has {found} rows for {split}, FER2013 has {wanted}: they must go row for row")
    return votes


def _votes(rows: pd.DataFrame, path: Path) -> Votes:
    try:
        return np.asarray(rows[list(COLUMNS)].to_numpy(np.int64), np.int64)
    except ValueError as error:
        raise DatasetError(f"{path} has votes that are no whole numbers") from error


def _without_outliers(votes: Votes) -> Votes:
    """Set single votes to 0, as the authors of FERPlus do."""
    return np.where(votes > 1, votes, 0)


def majority(votes: Votes) -> Labels:
    """Return the label of each row, int64 (n,), by the protocol of FERPlus' authors: UNDECIDED for rows to leave out.

    A row counts if one of the eight emotions has more than half of the votes, single votes removed.
    """
    kept = _without_outliers(votes)
    label = np.argmax(kept, axis=1)
    decided = (2 * np.max(kept, axis=1) > np.sum(kept, axis=1)) & (label < EMOTIONS)
    return np.where(decided, label, UNDECIDED)


def distribution(votes: Votes) -> Floats:
    """Return the emotions' shares of the votes, float32 (n, 8), single votes removed; a row of 0 if none is left."""
    kept = _without_outliers(votes)[:, :EMOTIONS]
    return np.asarray(kept / np.maximum(np.sum(kept, axis=1, keepdims=True), 1), np.float32)
