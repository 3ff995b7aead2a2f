"""The network as it is served: heads turned into calibrated scores."""

from collections.abc import Mapping

import keras
import numpy as np
import numpy.typing as npt
from keras import layers, ops
from scipy.optimize import minimize_scalar

from face_emotion.preprocessing import CROP_SIZE

OUTPUTS = {"ferplus": "scores", "fer2013": "fer2013"}
TEMPERATURES = (0.2, 5.0)


def see_both_sides(network: keras.Model) -> keras.Model:
    """Build the logits of float (n, 48, 48, 1) crops averaged with those of their mirror images."""
    crops = keras.Input((CROP_SIZE, CROP_SIZE, 1), name="crops")
    logits = network(ops.concatenate([crops, crops[:, :, ::-1]], axis=0))
    halves = {head: ops.reshape(values, (2, -1, values.shape[-1])) for head, values in logits.items()}
    return keras.Model(crops, {head: ops.mean(pair, axis=0) for head, pair in halves.items()}, name=network.name)


def build_served(network: keras.Model, temperatures: Mapping[str, float]) -> keras.Model:
    """Build float (n, 48, 48, 1) in 0..1 to the softmax scores of both heads, each at its temperature."""
    crops = keras.Input((CROP_SIZE, CROP_SIZE, 1), name="crops")
    logits = network(crops)
    scores = [layers.Softmax(name=name)(logits[head] / temperatures[head]) for head, name in OUTPUTS.items()]
    return keras.Model(crops, scores, name="face_emotion_served")


def fit_temperature(logits: npt.NDArray[np.float32], labels: npt.NDArray[np.int64]) -> float:
    """Return what to divide logits (n, classes) by, so that scores say how often they are right (Guo et al. 2017)."""

    def loss(temperature: float) -> float:
        scaled = logits.astype(np.float64) / temperature
        picked = np.take_along_axis(scaled, labels[:, np.newaxis], axis=1)[:, 0]
        return float(np.mean(np.logaddexp.reduce(scaled, axis=1) - picked))

    return float(minimize_scalar(loss, bounds=TEMPERATURES, method="bounded").x)
