"""The out-of-fold figures of the lyrics network, its teachers and its baselines."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.metrics import f1_score

from musicalface_common.vocabulary import MOODS
from musicalface_training.arrays import Floats, Labels
from musicalface_training.calibration import reliability
from musicalface_training.lyrics.data.corpus import Corpus, Fold
from musicalface_training.lyrics.evaluation.baselines import judge_baseline, majority, reference, words
from musicalface_training.lyrics.evaluation.covers import has_known_version
from musicalface_training.lyrics.evaluation.out_of_fold import OutOfFold, calibrated

BASELINES = {"majority": majority, "reference LSTM": reference, "TF-IDF, logistic regression": words}

UNCOVERED = "network, without songs that it knows a version of"


@dataclass(frozen=True)
class Judgement:
    """The accuracy, macro F1 and expected calibration error of a classifier on a number of songs."""

    songs: int
    accuracy: float
    macro_f1: float
    calibration_error: float

    def rounded(self) -> dict[str, float]:
        """Return the figures for model.json, rounded to 4 decimals."""
        return {name: round(value, 4) for name, value in asdict(self).items()}

    def cells(self) -> list[str]:
        """Return the figures as text, for a table."""
        return [f"{self.songs:,}", f"{self.accuracy:.3f}", f"{self.macro_f1:.3f}", f"{self.calibration_error:.3f}"]


def judge(labels: Labels, scores: Floats) -> Judgement:
    """Measure (n, 4) scores against (n,) labels."""
    said = np.argmax(scores, axis=1)
    f1 = f1_score(labels, said, labels=range(len(MOODS)), average="macro", zero_division=0)
    return Judgement(len(labels), float(np.mean(said == labels)), float(f1), reliability(scores, labels).error)


def compare(corpus: Corpus, folds: list[Fold], judged: Mapping[str, OutOfFold]) -> dict[str, dict[str, Judgement]]:
    """Measure baselines, teacher and network for each question: figures by question and name."""
    return {question: _compare(corpus, folds, question, found) for question, found in judged.items()}


def _compare(corpus: Corpus, folds: list[Fold], question: str, found: OutOfFold) -> dict[str, Judgement]:
    said = {name: judge_baseline(baseline, corpus, folds, question) for name, baseline in BASELINES.items()}
    said |= {"teacher": found.teacher, "network": calibrated(found.network, found.labels)}
    figures = {name: judge(found.labels, scores) for name, scores in said.items()}
    new = ~has_known_version(corpus, folds, question)
    return figures | ({UNCOVERED: judge(found.labels[new], said["network"][new])} if np.any(new) else {})
