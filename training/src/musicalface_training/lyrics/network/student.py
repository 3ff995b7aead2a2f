"""The two trainings of the served lyrics network: on songs' sentence embeddings, then on their moods."""

from pathlib import Path

import keras
import numpy as np

from lyrics_mood.tokenizer import FIRST_WORD
from musicalface_common.vocabulary import MOODS
from musicalface_training.arrays import Floats, Mask, Tokens, fingerprint
from musicalface_training.loop import Run, Schedule, train
from musicalface_training.lyrics.embedding.minilm import WIDTH
from musicalface_training.lyrics.network.architecture import add_heads, build_trunk
from musicalface_training.lyrics.teachers.lessons import Targets

SEED = 2018
PRETRAINING = Schedule(epochs=12, patience=12, batch_size=256, seed=SEED)
FINE_TUNING = Schedule(epochs=5, patience=5, batch_size=256, seed=SEED)
LEARNING_RATE = 4e-3
FINE_LEARNING_RATE = 1e-3
DROPOUT = 0.1
FINE_DROPOUT = 0.3
PLACE = "place"
METRIC = "val_cosine_similarity"


def pretrain(tokens: Tokens, places: Floats, known: Floats, held: Mask, run_folder: Path) -> Path:
    """Train a trunk, or resume, to predict float32 (n, 384) embeddings of songs; return the best checkpoint.

    The `held` songs, bool (n,), are for validation only.
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
    """Train a pretrained trunk, with new heads, on the targets of moods; return the network."""
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
    """Load a pretrained trunk, with more dropout: labelled songs are few compared with pretraining's songs."""
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
