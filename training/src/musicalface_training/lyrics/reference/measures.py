"""What the reference lyrics network is worth, as figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.errors import DatasetError
from musicalface_training.loop import best_epoch
from musicalface_training.lyrics.data.songs import FOLDER, NJU, Songs, load_songs
from musicalface_training.lyrics.reference.architecture import LENGTH
from musicalface_training.lyrics.reference.train import Outcome, predict
from musicalface_training.tables import find_table


@dataclass(frozen=True)
class Measured:
    """An accuracy, the number of songs it was measured on, and the share of their most frequent mood."""

    accuracy: float
    songs: int
    majority: float


def measure_test(outcome: Outcome) -> Measured:
    """Measure on the songs of the split's test part."""
    return _measured(outcome.truth, outcome.predicted)


def measure_tagged(outcome: Outcome, data: Path, seen: Songs) -> Measured | None:
    """Measure on songs whose moods are people's tags, less those of `seen`; None where the set is not there."""
    try:
        find_table(data, FOLDER, NJU)
    except DatasetError:
        return None
    songs = load_songs(data, NJU)
    songs = songs.take(np.flatnonzero(~np.isin(songs.ids, seen.ids)))
    tokens = Tokenizer(outcome.vocabulary, LENGTH).encode(songs.texts)
    return _measured(songs.labels, predict(outcome.model, tokens))


def metrics(split: Outcome, folds: Sequence[Outcome], tagged: Measured | None) -> dict[str, dict[str, object]]:
    """Lay out the figures for model.json, by what they were measured on."""
    accuracies = [fold.accuracy for fold in folds]
    laid_out: dict[str, dict[str, object]] = {
        "test": {"accuracy": round(split.accuracy, 4), "songs": len(split.truth)},
        "validation": {"accuracy": round(kept_accuracy(split), 4)},
        "five_fold_by_artist": {
            "accuracy_mean": round(float(np.mean(accuracies)), 4),
            "accuracy_sd": round(float(np.std(accuracies, ddof=1)), 4),
            "accuracies": [round(accuracy, 4) for accuracy in accuracies],
        },
    }
    if tagged:
        laid_out["nju_musicmood_tags"] = {"accuracy": round(tagged.accuracy, 4), "songs": tagged.songs}
    return laid_out


def kept_accuracy(outcome: Outcome) -> float:
    """Return the validation accuracy of the epoch that was kept."""
    return outcome.history[best_epoch(outcome.history)]["val_accuracy"]


def _measured(truth: npt.NDArray[np.int64], predicted: npt.NDArray[np.int64]) -> Measured:
    return Measured(
        accuracy=float(np.mean(truth == predicted)),
        songs=len(truth),
        majority=float(np.max(np.bincount(truth)) / len(truth)),
    )
