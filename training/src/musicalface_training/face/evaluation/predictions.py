"""The predictions of a classifier beside the truth: accuracy and F1, as figures, as a table and as a plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, recall_score

from musicalface_training.arrays import Labels
from musicalface_training.report import markdown_table, plot_confusion


@dataclass(frozen=True)
class Predictions:
    """Truth and prediction of n faces, int64 (n,): indices into `names`."""

    truth: Labels
    predicted: Labels
    names: Sequence[str]

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.truth == self.predicted))

    @property
    def macro_f1(self) -> float:
        """Return the mean F1 of the classes that occur in the truth."""
        present = np.unique(self.truth)
        return float(f1_score(self.truth, self.predicted, labels=present, average="macro", zero_division=0.0))

    def per_class(self) -> list[tuple[str, int, float, float]]:
        """List name, number of faces, recall and F1 of each class."""
        counts = np.bincount(self.truth, minlength=len(self.names))
        measures = [
            measure(self.truth, self.predicted, labels=range(len(self.names)), average=None, zero_division=0.0)
            for measure in (recall_score, f1_score)
        ]
        return list(zip(self.names, map(int, counts), *(map(float, values) for values in measures), strict=True))

    def emotion_table(self) -> str:
        """Return a Markdown table of what per_class lists."""
        rows = [(name, count, f"{recall:.3f}", f"{f1:.3f}") for name, count, recall, f1 in self.per_class()]
        return markdown_table(("emotion", "faces", "recall", "F1"), rows)

    def plot(self, path: Path, title: str) -> None:
        """Draw the confusion matrix as PNG."""
        plot_confusion(path, self.truth, self.predicted, self.names, title)
