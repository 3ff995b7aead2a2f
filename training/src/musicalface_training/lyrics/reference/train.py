"""Train the reference lyrics network on one split, and measure it."""

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.loop import Epoch, Run, Schedule, train
from musicalface_training.lyrics.data.songs import Songs
from musicalface_training.lyrics.data.splits import Split
from musicalface_training.lyrics.data.vocabulary import most_frequent
from musicalface_training.lyrics.reference.architecture import LENGTH, WORDS, build_reference

SCHEDULE = Schedule(epochs=40, patience=10, batch_size=128, seed=2017)


@dataclass(frozen=True)
class Outcome:
    """A trained network (of its best epoch), its vocabulary, and what it says of the split's test songs."""

    model: keras.Model
    vocabulary: list[str]
    history: list[Epoch]
    truth: npt.NDArray[np.int64]
    predicted: npt.NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.truth == self.predicted))


def train_split(songs: Songs, split: Split, folder: Path, schedule: Schedule = SCHEDULE) -> Outcome:
    """Train, or go on training, in `folder`; the vocabulary is that of the training part alone."""
    training, validation, test = (songs.take(rows) for rows in (split.train, split.validation, split.test))
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


def predict(model: keras.Model, tokens: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return the strongest mood of each song as an index into MOODS."""
    scores = model.predict(tokens, batch_size=SCHEDULE.batch_size, verbose=0)
    return np.asarray(np.argmax(scores, axis=1), np.int64)


def _compiled_reference() -> keras.Model:
    model = build_reference()
    # Compiled by XLA, 600 steps take half the time.
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=True)
    return model
