"""A classifier run over any number of crops, and timed on one."""

import statistics
import time
from collections.abc import Callable

import numpy as np
from tqdm import tqdm

from musicalface_training.arrays import Floats, Pixels

BATCH = 256
WARM_UPS, TIMED = 20, 300

ScoreCrops = Callable[[Pixels], Floats]
"""Scores uint8 (n, 48, 48) crops: float32 (n, classes)."""


def score_all(score: ScoreCrops, crops: Pixels, name: str) -> Floats:
    """Score uint8 (n, 48, 48) crops in batches of 256, with a progress bar called `name`."""
    starts = tqdm(range(0, len(crops), BATCH), desc=name, unit="batch")
    return np.concatenate([score(crops[start : start + BATCH]) for start in starts])


def milliseconds(score: ScoreCrops, crop: Pixels) -> float:
    """Return the median time of one uint8 (48, 48) crop over 300 calls, preprocessing included, in milliseconds."""
    batch = crop[np.newaxis]
    times = []
    for _ in range(WARM_UPS + TIMED):
        start = time.perf_counter()
        score(batch)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times[WARM_UPS:])
