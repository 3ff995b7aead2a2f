"""The figures of the reference lyrics network: on its test songs, its folds, and songs that people tagged."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.errors import DatasetError
from musicalface_training.loop import best_epoch
from musicalface_training.lyrics.data.songs import FOLDER, NJU, Songs, load_songs
from musicalface_training.lyrics.reference.architecture import LENGTH
from musicalface_training.lyrics.reference.train import Outcome, predict
from musicalface_training.tables import find_table


@dataclass(frozen=True)
class TagAccuracy:
    """The accuracy on songs that people tagged, their number, and the share of their most frequent mood."""

    accuracy: float
    songs: int
    majority: float


def measure_tagged(outcome: Outcome, data: Path, seen: Songs) -> TagAccuracy | None:
    """Measure on NJU-MusicMood without the songs of `seen`; return None if the set is missing."""
    try:
        find_table(data, FOLDER, NJU)
    except DatasetError:
        return None
    songs = load_songs(data, NJU)
    songs = songs.take(np.flatnonzero(~np.isin(songs.ids, seen.ids)))
    tokens = Tokenizer(outcome.vocabulary, LENGTH).encode(songs.texts)
    return TagAccuracy(
        accuracy=float(np.mean(songs.labels == predict(outcome.model, tokens))),
        songs=len(songs),
        majority=float(np.max(np.bincount(songs.labels)) / len(songs)),
    )


def metrics(outcome: Outcome, folds: Sequence[Outcome], tagged: TagAccuracy | None) -> dict[str, dict[str, object]]:
    """Return the figures for model.json: test and validation songs of the 80/20 split, five folds, tagged songs."""
    accuracies = [fold.accuracy for fold in folds]
    figures: dict[str, dict[str, object]] = {
        "test": {"accuracy": round(outcome.accuracy, 4), "songs": len(outcome.truth)},
        "validation": {"accuracy": round(kept_accuracy(outcome), 4)},
        "five_fold_by_artist": {
            "accuracy_mean": round(float(np.mean(accuracies)), 4),
            "accuracy_sd": round(float(np.std(accuracies, ddof=1)), 4),
            "accuracies": [round(accuracy, 4) for accuracy in accuracies],
        },
    }
    if tagged:
        figures["nju_musicmood_tags"] = {"accuracy": round(tagged.accuracy, 4), "songs": tagged.songs}
    return figures


def kept_accuracy(outcome: Outcome) -> float:
    """Return the validation accuracy of the best epoch."""
    return outcome.history[best_epoch(outcome.history)]["val_accuracy"]
