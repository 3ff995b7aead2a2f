"""Classifiers side by side on the same faces: one table for terminal and page."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from musicalface_training.face.data.evaluation_set import LabelledFaces, describe
from musicalface_training.face.evaluation.classifiers import Candidate
from musicalface_training.face.evaluation.measures import FIGURES, Measured, measure
from musicalface_training.face.evaluation.scoring import score_all
from musicalface_training.face.timing import milliseconds

# Below this width a terminal wraps the table's lines rather than losing figures.
MIN_WIDTH = 130


@dataclass(frozen=True)
class Row:
    """A classifier, its figures, and the median time of one crop."""

    candidate: Candidate
    measured: Measured
    milliseconds: float

    def cells(self) -> list[str]:
        """Write the row out, as header() names its columns."""
        return [
            self.candidate.name,
            *self.measured.cells(),
            f"{self.candidate.size / 1000:,.0f}",
            f"{self.candidate.parameters:,}",
            f"{self.milliseconds:.2f}",
        ]


def compare(candidates: Sequence[Candidate], faces: LabelledFaces) -> list[Row]:
    """Run classifiers over the same faces, one after the other."""
    return [_row(candidate, faces) for candidate in candidates]


def _row(candidate: Candidate, faces: LabelledFaces) -> Row:
    scores = score_all(candidate.scores, faces.crops, candidate.name)
    return Row(candidate, measure(scores, faces), milliseconds(candidate.scores, faces.crops[0]))


def header(faces: LabelledFaces) -> list[str]:
    """Name the table's columns."""
    figures = [("emotion" if name == "FERPlus" and faces.votes is None else name) for name in FIGURES]
    return ["model", *figures, "KB", "parameters", "ms"]


def print_table(rows: Sequence[Row], faces: LabelledFaces) -> None:
    """Print the comparison on the terminal, and what was skipped."""
    skipped = f"skipped: {describe(faces.skipped)}" if faces.skipped else None
    table = Table(title=faces.title, caption=skipped, box=SIMPLE_HEAD)
    for index, name in enumerate(header(faces)):
        table.add_column(name, justify="right" if index else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row.cells())
    Console(width=max(Console().width, MIN_WIDTH)).print(table)


def f1_by_emotion(rows: Sequence[Row]) -> list[list[str]]:
    """List name, number of faces, and each classifier's F1 of every emotion."""
    columns = [row.measured.emotion.per_class() for row in rows]
    return [
        [name, str(count), *(f"{column[index][3]:.3f}" for column in columns)]
        for index, (name, count, _, _) in enumerate(columns[0])
    ]
