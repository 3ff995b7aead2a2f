"""Classifiers side by side on the same faces: one table for terminal and page."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from musicalface_training.face.candidates import Candidate
from musicalface_training.face.evaluate import Evaluation
from musicalface_training.face.labelled import LabelledFaces, describe
from musicalface_training.face.measures import Measured, measure

ABSENT = "–"
# Below this width a terminal wraps the table's lines rather than losing figures.
MIN_WIDTH = 110


@dataclass(frozen=True)
class Row:
    """A classifier, its figures, and the median time of one crop."""

    candidate: Candidate
    measured: Measured
    milliseconds: float

    def cells(self) -> list[str]:
        """Write the row out, as header() names its columns."""
        measured = self.measured
        return [
            self.candidate.name,
            _figure(_accuracy(measured.fer2013)),
            _figure(measured.emotion.accuracy),
            _figure(measured.mood.accuracy),
            _figure(measured.emotion.macro_f1),
            _figure(measured.reliability.error),
            _figure(measured.kl_of_seven),
            _figure(measured.kl_of_eight),
            f"{self.candidate.size / 1000:,.0f}",
            f"{self.candidate.parameters:,}",
            f"{self.milliseconds:.2f}",
        ]


def compare(candidates: Sequence[Candidate], faces: LabelledFaces) -> list[Row]:
    """Run classifiers over the same faces, one after the other."""
    return [
        Row(candidate, measure(candidate.score_all(faces.crops), faces), candidate.milliseconds(faces.crops[0]))
        for candidate in candidates
    ]


def header(faces: LabelledFaces) -> list[str]:
    """Name the table's columns."""
    emotion = "emotion" if faces.votes is None else "FERPlus"
    return ["model", "FER2013", emotion, "mood", "macro F1", "ECE", "KL of 7", "KL of 8", "KB", "parameters", "ms"]


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


def _accuracy(evaluation: Evaluation | None) -> float | None:
    return None if evaluation is None else evaluation.accuracy


def _figure(value: float | None) -> str:
    return ABSENT if value is None else f"{value:.4f}"
