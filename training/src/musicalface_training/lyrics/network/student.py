"""Train the served lyrics network: first to place songs as the sentence embedding does, then to tell their moods."""

from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from lyrics_mood.tokenizer import FIRST_WORD
from musicalface_common.vocabulary import MOODS
from musicalface_training.arrays import fingerprint
from musicalface_training.loop import Run, Schedule, train
from musicalface_training.lyrics.embedding.minilm import WIDTH
from musicalface_training.lyrics.network.architecture import add_heads, build_trunk

SEED = 2018
PRETRAINING = Schedule(epochs=12, patience=12, batch_size=256, seed=SEED)
FINE_TUNING = Schedule(epochs=5, patience=5, batch_size=256, seed=SEED)
LEARNING_RATE = 4e-3
FINE_LEARNING_RATE = 1e-3
DROPOUT = 0.1
FINE_DROPOUT = 0.3
PLACE = "place"
METRIC = "val_cosine_similarity"

Tokens = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Targets = tuple[Mapping[str, Floats], Mapping[str, Floats]]
"""Targets and sample weights, a head each."""


def pretrain(tokens: Tokens, places: Floats, known: Floats, held: npt.NDArray[np.bool_], run_folder: Path) -> Path:
    """Train a trunk, or go on, to tell float32 (n, 384) places of songs; `held` ones are looked at alone.

    Returns the best checkpoint.
    """
    run = Run(run_folder, METRIC, {"songs": fingerprint(tokens, places)})
    train(
        lambda: _compiled_places(known, PRETRAINING, int(np.sum(~held))),
        run,
        PRETRAINING,
        x=tokens[~held],
        y=places[~held],
        validation_data=(tokens[held], places[held]),
    )
    return run.best


def fine_tune(pretrained: Path, tokens: Tokens, targets: Targets) -> keras.Model:
    """Teach a pretrained trunk to tell moods; what has no target for a head has weight 0 there."""
    keras.utils.set_random_seed(FINE_TUNING.seed)
    trunk = _load_trunk(pretrained)
    names = list(targets[0])
    model = add_heads(trunk, dict.fromkeys(names, len(MOODS)))
    losses = {name: keras.losses.CategoricalCrossentropy(from_logits=True) for name in names}
    model.compile(_optimizer(FINE_LEARNING_RATE, FINE_TUNING, len(tokens)), losses, jit_compile=True)
    model.fit(
        tokens, targets[0], sample_weight=targets[1], batch_size=FINE_TUNING.batch_size, epochs=FINE_TUNING.epochs
    )
    return model


def _compiled_places(known: Floats, schedule: Schedule, songs: int) -> keras.Model:
    trunk = build_trunk(known, DROPOUT)
    model = keras.Model(trunk.input, keras.layers.Dense(WIDTH, name=PLACE)(trunk.output))
    metrics = [keras.metrics.CosineSimilarity(name="cosine_similarity")]
    model.compile(
        _optimizer(LEARNING_RATE, schedule, songs), keras.losses.CosineSimilarity(), metrics=metrics, jit_compile=True
    )
    return model


def _load_trunk(pretrained: Path) -> keras.Model:
    """Load a trunk for labels: they are few, and want more noise than the places of all songs."""
    placing = keras.saving.load_model(pretrained)
    weights = keras.Model(placing.input, placing.get_layer(PLACE).input).get_weights()
    trunk = build_trunk(weights[0][FIRST_WORD:], FINE_DROPOUT)
    trunk.set_weights(weights)
    return trunk


def _optimizer(rate: float, schedule: Schedule, songs: int) -> keras.optimizers.Optimizer:
    steps = schedule.epochs * -(-songs // schedule.batch_size)
    warm_up = steps // 20
    decay = keras.optimizers.schedules.CosineDecay(
        rate / 100, steps - warm_up, warmup_target=rate, warmup_steps=warm_up
    )
    return keras.optimizers.AdamW(decay, weight_decay=1e-2, clipnorm=1.0)
