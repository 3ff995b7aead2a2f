"""Classifiers measured on the same faces, as the rows of one table for terminal and page."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from musicalface_training.face.data.evaluation_set import EvaluationSet, describe
from musicalface_training.face.evaluation.classifiers import Classifier
from musicalface_training.face.evaluation.measures import FIGURES, Measured, measure
from musicalface_training.face.evaluation.scoring import milliseconds, score_all

# On a narrower terminal, lines wrap instead of losing figures.
MIN_WIDTH = 130


@dataclass(frozen=True)
class Row:
    """A classifier, its figures, and its median time for one crop in milliseconds."""

    classifier: Classifier
    measured: Measured
    milliseconds: float

    def cells(self) -> list[str]:
        """Return the row as text, in the order of header()."""
        return [
            self.classifier.name,
            *self.measured.cells(),
            f"{self.classifier.size / 1000:,.0f}",
            f"{self.classifier.parameters:,}",
            f"{self.milliseconds:.2f}",
        ]


def compare(classifiers: Sequence[Classifier], faces: EvaluationSet) -> list[Row]:
    """Measure and time classifiers on the same faces."""
    return [_row(classifier, faces) for classifier in classifiers]


def _row(classifier: Classifier, faces: EvaluationSet) -> Row:
    scores = score_all(classifier.score, faces.crops, classifier.name)
    return Row(classifier, measure(scores, faces), milliseconds(classifier.score, faces.crops[0]))


def header(faces: EvaluationSet) -> list[str]:
    """Return the names of the columns."""
    figures = [("emotion" if name == "FERPlus" and faces.votes is None else name) for name in FIGURES]
    return ["model", *figures, "KB", "parameters", "ms"]


def print_table(rows: Sequence[Row], faces: EvaluationSet) -> None:
    """Print the comparison on the terminal, and how many pictures were skipped."""
    skipped = f"skipped: {describe(faces.skipped)}" if faces.skipped else None
    table = Table(title=faces.title, caption=skipped, box=SIMPLE_HEAD)
    for index, name in enumerate(header(faces)):
        table.add_column(name, justify="right" if index else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row.cells())
    Console(width=max(Console().width, MIN_WIDTH)).print(table)


def f1_by_emotion(rows: Sequence[Row]) -> list[list[str]]:
    """List for each emotion its name, its number of faces, and the F1 of each classifier."""
    columns = [row.measured.emotion.per_class() for row in rows]
    return [
        [name, str(count), *(f"{column[index][3]:.3f}" for column in columns)]
        for index, (name, count, _, _) in enumerate(columns[0])
    ]
