"""Interleaved timing: the compared steps run in turns, so that other load on the machine affects all of them."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bench.progress import progress

Seconds = npt.NDArray[np.float64]
# Runs once and returns the seconds of its named parts.
Step = Callable[[], Mapping[str, float]]

WARM_UP = 5


def timed(name: str, call: Callable[[], object]) -> Step:
    """Return a step of one part: the seconds of a call."""

    def step() -> Mapping[str, float]:
        started = time.perf_counter()
        call()
        return {name: time.perf_counter() - started}

    return step


def time_interleaved(steps: Sequence[Step], rounds: int) -> Mapping[str, Seconds]:
    """Run all steps once per round. Return the seconds of each part, one figure per round, without the warm-up."""
    parts: defaultdict[str, list[float]] = defaultdict(list)
    for _ in progress(range(WARM_UP + rounds), "rounds of one photo"):
        for step in steps:
            for name, seconds in step().items():
                parts[name].append(seconds)
    return {name: np.array(seconds[WARM_UP:]) for name, seconds in parts.items()}


def median_ratio(seconds: Seconds, baseline: Seconds) -> float:
    """Return the median over the rounds of seconds / baseline."""
    return float(np.median(seconds / baseline))
