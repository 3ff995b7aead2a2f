"""How well a classifier's scores match how often it is right: calibration error, divergence, temperature."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from musicalface_training.arrays import Floats, Labels

BINS = 15
TEMPERATURES = (0.2, 5.0)
# The resolution of float32 at 1: a score of exactly 0 would make the divergence infinite.
SMALLEST_SCORE = float(np.finfo(np.float32).eps)

Scores = Floats | npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reliability:
    """Answers in equal bins of their top score: int64 and float64 arrays (BINS,), 0 for an empty bin."""

    counts: npt.NDArray[np.int64]
    confidence: npt.NDArray[np.float64]
    accuracy: npt.NDArray[np.float64]

    @property
    def error(self) -> float:
        """Return the expected calibration error: the mean of |confidence - accuracy|, weighted by the bins' counts."""
        return float(np.average(np.abs(self.confidence - self.accuracy), weights=self.counts))


def reliability(scores: Scores, truth: Labels) -> Reliability:
    """Compare the top scores of (n, k) rows with how often they are right (Guo et al. 2017, arXiv 1706.04599).

    A bin includes its upper edge. `truth` is (n,), column indices; an index beyond the last column counts as wrong.
    """
    top = np.max(scores, axis=1).astype(np.float64)
    right = np.argmax(scores, axis=1) == truth
    bins = np.clip(np.ceil(top * BINS).astype(np.int64) - 1, 0, BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    sums = [np.bincount(bins, weights=values, minlength=BINS) for values in (top, right)]
    confidence, accuracy = (total / np.maximum(counts, 1) for total in sums)
    return Reliability(counts, confidence, accuracy)


def kl_divergence(truth: Scores, scores: Scores) -> float:
    """Return the mean Kullback-Leibler divergence D(truth ‖ scores) of (n, k) distributions, in nats."""
    kept = np.maximum(scores.astype(np.float64), SMALLEST_SCORE)
    ratio = np.divide(truth, kept, out=np.ones_like(kept), where=truth > 0)
    return float(np.mean(np.sum(truth * np.log(ratio), axis=1)))


def fit_temperature(logits: Floats, labels: Labels) -> float:
    """Return the temperature, 0.2 to 5, that minimises the cross-entropy of logits (n, classes) (Guo et al. 2017)."""

    def loss(temperature: float) -> float:
        scaled = logits.astype(np.float64) / temperature
        picked = np.take_along_axis(scaled, labels[:, np.newaxis], axis=1)[:, 0]
        return float(np.mean(np.logaddexp.reduce(scaled, axis=1) - picked))

    return float(minimize_scalar(loss, bounds=TEMPERATURES, method="bounded").x)
