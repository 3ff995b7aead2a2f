"""The lyrics network as it is served: heads turned into calibrated scores."""

from collections.abc import Mapping

import keras
import numpy as np
from keras import layers

from musicalface_training.calibration import fit_temperature
from musicalface_training.lyrics.network.architecture import LENGTH
from musicalface_training.lyrics.network.cross_validation import Floats, Labels

OUTPUTS = {"tags": "scores", "words": "words"}
FOLDS = 5
TINY = 1e-12


def build_served(network: keras.Model, temperatures: Mapping[str, float]) -> keras.Model:
    """Build int32 (n, 320) tokens to the softmax scores of both heads, each at its temperature."""
    tokens = keras.Input((LENGTH,), dtype="int32", name="tokens")
    logits = network(tokens)
    scores = [layers.Softmax(name=name)(logits[head] / temperatures[head]) for head, name in OUTPUTS.items()]
    return keras.Model(tokens, scores, name="lyrics_mood_served")


def temperature_of(scores: Floats, labels: Labels) -> float:
    """Return the temperature for (n, 4) scores of songs that the network did not know."""
    return fit_temperature(_logits(scores), labels)


def calibrated(scores: Floats, labels: Labels) -> Floats:
    """Bring (n, 4) scores to a temperature; each fifth of the songs to that of the others, so that none is its own."""
    parts = np.arange(len(scores)) % FOLDS
    tempered = np.empty_like(scores)
    for part in range(FOLDS):
        temperature = temperature_of(scores[parts != part], labels[parts != part])
        powers = scores[parts == part] ** (1 / temperature)
        tempered[parts == part] = powers / np.sum(powers, axis=1, keepdims=True)
    return tempered


def _logits(scores: Floats) -> Floats:
    return np.log(np.maximum(scores, TINY))
