"""FERPlus (Barsoum et al. 2016, arXiv 1608.01041): ten annotators' votes on each picture of FER2013."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from musicalface_common.vocabulary import EIGHT_EMOTIONS
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.fer2013 import CSV_SPLITS, Fer2013
from musicalface_training.tables import find_table, read_table

FILE = "fer2013new.csv"
# Its columns, in the order of EIGHT_EMOTIONS; "unknown" and "no face" come last.
COLUMNS = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral", "contempt", "unknown", "nf")
EMOTIONS = len(EIGHT_EMOTIONS)
UNDECIDED = -1

Votes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class FerPlus:
    """int64 (n, 10) votes a split, row for row with FER2013's: EIGHT_EMOTIONS, then unknown and no face."""

    train: Votes
    public: Votes
    private: Votes


def load_ferplus(data: Path, faces: Fer2013) -> FerPlus:
    """Load the votes on `faces` from `data/fer2013` or `data`.

    Raises DatasetError where the file is missing or does not go with the pictures, row for row.
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
    """Set single votes to 0, as the authors do."""
    return np.where(votes > 1, votes, 0)


def majority(votes: Votes) -> npt.NDArray[np.int64]:
    """Return the label of each row by the authors' protocol, UNDECIDED where the row does not count.

    A row counts if one of the eight emotions holds more than half of the votes left without single ones.
    """
    kept = _without_outliers(votes)
    label = np.argmax(kept, axis=1)
    decided = (2 * np.max(kept, axis=1) > np.sum(kept, axis=1)) & (label < EMOTIONS)
    return np.where(decided, label, UNDECIDED)


def distribution(votes: Votes) -> npt.NDArray[np.float32]:
    """Return float32 (n, 8): how the votes left without single ones spread over the emotions; 0 where none is left."""
    kept = _without_outliers(votes)[:, :EMOTIONS]
    return np.asarray(kept / np.maximum(np.sum(kept, axis=1, keepdims=True), 1), np.float32)
