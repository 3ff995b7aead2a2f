"""Scores of songs by networks that were not trained on their artists' labels, and their calibration."""

from dataclasses import dataclass

import numpy as np

from musicalface_training.arrays import Floats, Labels
from musicalface_training.calibration import fit_temperature

PARTS = 5
TINY = 1e-12


@dataclass(frozen=True)
class OutOfFold:
    """Songs with a label for one question: ids, int64 (n,) labels, float32 (n, 4) scores of teacher and network."""

    ids: list[str]
    labels: Labels
    teacher: Floats
    network: Floats


def temperature_of(scores: Floats, labels: Labels) -> float:
    """Return the temperature that calibrates (n, 4) scores of songs to (n,) labels."""
    return fit_temperature(_logits(scores), labels)


def calibrated(scores: Floats, labels: Labels) -> Floats:
    """Calibrate (n, 4) scores by fifths: each fifth of the songs with the temperature of the other four."""
    parts = np.arange(len(scores)) % PARTS
    tempered = np.empty_like(scores)
    for part in range(PARTS):
        temperature = temperature_of(scores[parts != part], labels[parts != part])
        powers = scores[parts == part] ** (1 / temperature)
        tempered[parts == part] = powers / np.sum(powers, axis=1, keepdims=True)
    return tempered


def _logits(scores: Floats) -> Floats:
    return np.log(np.maximum(scores, TINY))
