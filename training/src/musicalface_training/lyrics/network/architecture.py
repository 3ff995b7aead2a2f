"""The served lyrics network: what each word says, how the words go on, and one head a question."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from keras import layers, ops

from lyrics_mood.tokenizer import FIRST_WORD, PADDING

WORDS = 16_000
# Three songs of four have no more words.
LENGTH = 320
EMBEDDING = 64
# Words a step of the LSTM: three steps of four are spared, and what they say is heard by the convolution.
STEP = 4
UNITS = 64
WIDTH = 256
HEAD_DROPOUT = 0.3
HIDDEN = -1e9


def build_trunk(known: npt.NDArray[np.float32], dropout: float) -> keras.Model:
    """Build int32 (n, 320) tokens to float32 (n, 256) features; the words' vectors begin as `known`, (words, 64).

    Nothing is masked before the LSTM: a masked one exports as loops in place of one ONNX node.
    """
    tokens = keras.Input((LENGTH,), dtype="int32", name="tokens")
    said = ops.cast(tokens != PADDING, "float32")
    embedding = layers.Embedding(FIRST_WORD + len(known), EMBEDDING)
    words = layers.SpatialDropout1D(dropout)(embedding(tokens))
    course = layers.Conv1D(EMBEDDING, STEP + 1, STEP, padding="same", activation="relu")(words)
    course = layers.Bidirectional(layers.LSTM(UNITS, return_sequences=True))(course)
    pooled = [_attended(course, _steps_with_words(said)), _mean(words, said), _most(words, said)]
    x = layers.Dropout(dropout)(layers.Concatenate()(pooled))
    # Padding and unknown words begin at the mean of the others.
    embedding.set_weights([np.vstack([np.tile(np.mean(known, axis=0), (FIRST_WORD, 1)), known])])
    return keras.Model(tokens, layers.Dense(WIDTH, activation="silu")(x), name="lyrics")


def add_heads(trunk: keras.Model, heads: Mapping[str, int]) -> keras.Model:
    """Put a head of logits for each question over a trunk: name and width."""
    x = layers.Dropout(HEAD_DROPOUT, name="features")(trunk.output)
    return keras.Model(trunk.input, {name: layers.Dense(width, name=name)(x) for name, width in heads.items()})


def _attended(course: Any, said: Any) -> Any:
    """Average the steps by how much each has to say (Yang et al. 2016)."""
    weight = layers.Dense(1)(layers.Dense(UNITS, activation="tanh")(course))
    shares = ops.softmax(weight + (1 - said[:, :, None]) * HIDDEN, axis=1)
    return ops.sum(course * shares, axis=1)


def _mean(words: Any, said: Any) -> Any:
    return ops.sum(words * said[:, :, None], axis=1) / ops.maximum(ops.sum(said, axis=1, keepdims=True), 1)


def _most(words: Any, said: Any) -> Any:
    return ops.max(words + (1 - said[:, :, None]) * HIDDEN, axis=1)


def _steps_with_words(said: Any) -> Any:
    """Tell which steps behind the convolution begin with words."""
    return ops.max(ops.reshape(said, (-1, LENGTH // STEP, STEP)), axis=2)
