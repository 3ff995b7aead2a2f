"""Any number of crops through a classifier, a bounded number at a time."""

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from musicalface_training.face.evaluation.predictions import Scores

BATCH = 256


def score_all(scores: Scores, crops: npt.NDArray[np.uint8], name: str) -> npt.NDArray[np.float32]:
    """Score uint8 (n, 48, 48) crops, with a progress bar of that name."""
    starts = tqdm(range(0, len(crops), BATCH), desc=name, unit="batch")
    return np.concatenate([scores(crops[start : start + BATCH]) for start in starts])
