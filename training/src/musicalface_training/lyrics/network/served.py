"""The served form of the lyrics network: calibrated scores."""

from collections.abc import Mapping

import keras
from keras import layers

from musicalface_training.lyrics.network.architecture import LENGTH

OUTPUTS = {"tags": "scores", "words": "words"}
"""The name of each head's output in the exported file."""


def build_served(network: keras.Model, temperatures: Mapping[str, float]) -> keras.Model:
    """Build a network of int32 (n, 320) tokens: softmax scores of both heads, by temperature."""
    tokens = keras.Input((LENGTH,), dtype="int32", name="tokens")
    logits = network(tokens)
    scores = [layers.Softmax(name=name)(logits[head] / temperatures[head]) for head, name in OUTPUTS.items()]
    return keras.Model(tokens, scores, name="lyrics_mood_served")
