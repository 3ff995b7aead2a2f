"""What a face network is worth on a split, as figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import f1_score, recall_score

from musicalface_training.face.data.fer2013 import Split

Scores = Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.float32]]


@dataclass(frozen=True)
class Evaluation:
    """Truth and prediction, int64 (n,) indices into `names`."""

    truth: npt.NDArray[np.int64]
    predicted: npt.NDArray[np.int64]
    names: Sequence[str]

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.truth == self.predicted))

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the classes that occur in the truth."""
        present = np.unique(self.truth)
        return float(f1_score(self.truth, self.predicted, labels=present, average="macro", zero_division=0.0))

    def per_class(self) -> list[tuple[str, int, float, float]]:
        """List name, number of faces, recall and F1 of each class."""
        counts = np.bincount(self.truth, minlength=len(self.names))
        measures = [
            measure(self.truth, self.predicted, labels=self._classes, average=None, zero_division=0.0)
            for measure in (recall_score, f1_score)
        ]
        return list(zip(self.names, map(int, counts), *(map(float, values) for values in measures), strict=True))

    def class_cells(self) -> list[tuple[str, str, str, str]]:
        """Write out what per_class lists."""
        return [(name, str(count), f"{recall:.3f}", f"{f1:.3f}") for name, count, recall, f1 in self.per_class()]

    @property
    def _classes(self) -> range:
        return range(len(self.names))


def evaluate(scores: Scores, split: Split, names: Sequence[str]) -> Evaluation:
    """Run a classifier over a split; the strongest score is its answer."""
    return Evaluation(split.labels, np.asarray(np.argmax(scores(split.crops), axis=1), np.int64), names)
