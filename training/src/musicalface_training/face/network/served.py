"""The served form of the face network: calibrated scores, averaged over each crop and its mirror image."""

from collections.abc import Mapping

import keras
from keras import layers, ops

from face_emotion.crop.preprocessing import CROP_SIZE

OUTPUTS = {"ferplus": "scores", "fer2013": "fer2013"}
"""The name of each head's output in the exported file."""


def see_both_sides(network: keras.Model) -> keras.Model:
    """Build a network of float (n, 48, 48, 1) crops: the mean of their logits and of their mirror images' logits."""
    crops = keras.Input((CROP_SIZE, CROP_SIZE, 1), name="crops")
    logits = network(ops.concatenate([crops, crops[:, :, ::-1]], axis=0))
    halves = {head: ops.reshape(values, (2, -1, values.shape[-1])) for head, values in logits.items()}
    return keras.Model(crops, {head: ops.mean(pair, axis=0) for head, pair in halves.items()}, name=network.name)


def build_served(network: keras.Model, temperatures: Mapping[str, float]) -> keras.Model:
    """Build a network of float (n, 48, 48, 1) crops in 0..1: softmax scores of both heads, by temperature."""
    crops = keras.Input((CROP_SIZE, CROP_SIZE, 1), name="crops")
    logits = network(crops)
    scores = [layers.Softmax(name=name)(logits[head] / temperatures[head]) for head, name in OUTPUTS.items()]
    return keras.Model(crops, scores, name="face_emotion_served")
