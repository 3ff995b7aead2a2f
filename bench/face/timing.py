"""Times taken in turns, so that whatever else the machine does meets all that is compared."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Seconds = npt.NDArray[np.float64]
# A step runs once and tells the seconds of its parts.
Step = Callable[[], Mapping[str, float]]

WARM_UP = 5


def timed(name: str, call: Callable[[], object]) -> Step:
    """Make a step of one part."""

    def step() -> Mapping[str, float]:
        started = time.perf_counter()
        call()
        return {name: time.perf_counter() - started}

    return step


def take_turns(steps: Sequence[Step], rounds: int) -> Mapping[str, Seconds]:
    """Run the steps one after the other, `rounds` times: the seconds of each part, a figure a round."""
    parts: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(WARM_UP + rounds):
        for step in steps:
            for name, seconds in step().items():
                parts[name].append(seconds)
    return {name: np.array(seconds[WARM_UP:]) for name, seconds in parts.items()}


def median_ratio(seconds: Seconds, floor: Seconds) -> float:
    """Return the median over the rounds of one part's share of another."""
    return float(np.median(seconds / floor))
