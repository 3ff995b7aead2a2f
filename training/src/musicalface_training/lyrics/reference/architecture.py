"""The architecture of the reference lyrics network: the plain LSTM of the original description."""

import keras
from keras import layers

from lyrics_mood.tokenizer import FIRST_WORD
from musicalface_common.vocabulary import MOODS

WORDS = 550
LENGTH = 600


def build_reference() -> keras.Model:
    """Build the uncompiled network: int32 (n, 600) tokens to softmax scores (n, 4).

    The embedding masks nothing: a masked LSTM is exported as loops instead of one ONNX node.
    """
    tokens = keras.Input((LENGTH,), dtype="int32", name="tokens")
    x = layers.Embedding(FIRST_WORD + WORDS, 50)(tokens)
    x = layers.LSTM(32)(x)
    x = layers.Dense(256, activation="relu")(x)
    x = layers.Dropout(0.2)(x)
    scores = layers.Dense(len(MOODS), activation="softmax", name="scores")(x)
    return keras.Model(tokens, scores, name="lyrics_reference")
