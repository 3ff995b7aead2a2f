"""How long a classifier takes."""

import statistics
import time

import numpy as np
import numpy.typing as npt

from musicalface_training.face.evaluation.predictions import Scores

WARM_UPS, TIMED = 20, 300


def milliseconds(scores: Scores, crop: npt.NDArray[np.uint8]) -> float:
    """Time one (48, 48) crop on one thread, its preprocessing included: the median of many calls."""
    batch = crop[np.newaxis]
    times = []
    for _ in range(WARM_UPS + TIMED):
        start = time.perf_counter()
        scores(batch)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times[WARM_UPS:])
