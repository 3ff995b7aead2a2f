"""The training of the reference lyrics network on one partition of the songs."""

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.arrays import Labels, Tokens
from musicalface_training.loop import Epoch, Run, Schedule, train
from musicalface_training.lyrics.data.songs import Songs
from musicalface_training.lyrics.data.splits import Partition
from musicalface_training.lyrics.data.vocabulary import most_frequent
from musicalface_training.lyrics.reference.architecture import LENGTH, WORDS, build_reference

SCHEDULE = Schedule(epochs=40, patience=10, batch_size=128, seed=2017)


@dataclass(frozen=True)
class Outcome:
    """A network at its best epoch, its vocabulary and history, and truth and prediction of its test songs.

    `truth` and `predicted` are int64 (n,), indices into MOODS.
    """

    model: keras.Model
    vocabulary: list[str]
    history: list[Epoch]
    truth: Labels
    predicted: Labels

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.truth == self.predicted))


def train_on(songs: Songs, parts: Partition, folder: Path, schedule: Schedule = SCHEDULE) -> Outcome:
    """Train, or resume, the run in `folder`. The vocabulary is counted on the training part only."""
    training, validation, test = (songs.take(rows) for rows in (parts.train, parts.validation, parts.test))
    vocabulary = most_frequent(training.texts, WORDS)
    encode = Tokenizer(vocabulary, LENGTH).encode
    run = Run(folder)
    history = train(
        _compiled_reference,
        run,
        schedule,
        x=encode(training.texts),
        y=training.labels,
        validation_data=(encode(validation.texts), validation.labels),
    )
    model = keras.saving.load_model(run.best)
    return Outcome(model, vocabulary, history, test.labels, predict(model, encode(test.texts)))


def predict(model: keras.Model, tokens: Tokens) -> Labels:
    """Return the strongest mood of each song: int64 (n,), indices into MOODS."""
    scores = model.predict(tokens, batch_size=SCHEDULE.batch_size, verbose=0)
    return np.asarray(np.argmax(scores, axis=1), np.int64)


def _compiled_reference() -> keras.Model:
    model = build_reference()
    # XLA halves the time of the 600 steps.
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=True)
    return model
