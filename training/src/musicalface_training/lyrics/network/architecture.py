"""The architecture of the served lyrics network: word vectors, a convolution and an LSTM over them, two heads."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from lyrics_mood.tokenizer import FIRST_WORD, PADDING
from musicalface_training.arrays import Floats

WORDS = 16_000
# Three of four songs have at most this many words.
LENGTH = 320
EMBEDDING = 64
# Words in one step of the LSTM, which saves three of four steps; the convolution before it reads every word.
STEP = 4
UNITS = 64
WIDTH = 256
HEAD_DROPOUT = 0.3
HIDDEN = -1e9


def build_trunk(known: Floats, dropout: float) -> keras.Model:
    """Build a network of int32 (n, 320) tokens: float32 (n, 256). Words start with the vectors `known`, (words, 64).

    Nothing is masked before the LSTM: a masked LSTM is exported as loops instead of one ONNX node.
    """
    tokens = keras.Input((LENGTH,), dtype="int32", name="tokens")
    said = ops.cast(tokens != PADDING, "float32")
    embedding = layers.Embedding(FIRST_WORD + len(known), EMBEDDING)
    words = layers.SpatialDropout1D(dropout)(embedding(tokens))
    course = layers.Conv1D(EMBEDDING, STEP + 1, STEP, padding="same", activation="relu")(words)
    course = layers.Bidirectional(layers.LSTM(UNITS, return_sequences=True))(course)
    pooled = [_attended(course, _steps_with_words(said)), _mean(words, said), _most(words, said)]
    x = layers.Dropout(dropout)(layers.Concatenate()(pooled))
    # Padding and unknown words start with the mean of the known vectors.
    embedding.set_weights([np.vstack([np.tile(np.mean(known, axis=0), (FIRST_WORD, 1)), known])])
    return keras.Model(tokens, layers.Dense(WIDTH, activation="silu")(x), name="lyrics")


def add_heads(trunk: keras.Model, heads: Mapping[str, int]) -> keras.Model:
    """Add a head of logits to a trunk for each name, of the given width."""
    x = layers.Dropout(HEAD_DROPOUT, name="features")(trunk.output)
    return keras.Model(trunk.input, {name: layers.Dense(width, name=name)(x) for name, width in heads.items()})


def _attended(course: Any, said: Any) -> Any:
    """Average the steps with learnt attention weights (Yang et al. 2016)."""
    weight = layers.Dense(1)(layers.Dense(UNITS, activation="tanh")(course))
    shares = ops.softmax(weight + (1 - said[:, :, None]) * HIDDEN, axis=1)
    return ops.sum(course * shares, axis=1)


def _mean(words: Any, said: Any) -> Any:
    return ops.sum(words * said[:, :, None], axis=1) / ops.maximum(ops.sum(said, axis=1, keepdims=True), 1)


def _most(words: Any, said: Any) -> Any:
    return ops.max(words + (1 - said[:, :, None]) * HIDDEN, axis=1)


def _steps_with_words(said: Any) -> Any:
    """Return which steps after the convolution contain words: 1 or 0, (n, steps)."""
    return ops.max(ops.reshape(said, (-1, LENGTH // STEP, STEP)), axis=2)
