"""What the lyrics network is taught of each song: people's labels, and what teachers think of the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from musicalface_common.vocabulary import MOODS
from musicalface_training.lyrics.data.corpus import Corpus, Mask
from musicalface_training.lyrics.network.student import Targets
from musicalface_training.lyrics.teachers.regressions import Evidence, teach_tags, teach_words

TEACHERS = {"tags": teach_tags, "words": teach_words}
# By what power a teacher's scores are sharpened: strongly regularised, it is less sure than it is right.
SHARPNESS = {"tags": 3, "words": 1}
# How much of a labelled song's target is its teacher's.
SHARE = 0.5
# Songs that nobody labelled are seven to ten times as many: together they count as much as the others, or thrice that.
UNLABELLED_WEIGHTS = {"tags": 0.15, "words": 0.3}

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Lessons:
    """The songs to learn from, rows of the corpus, their targets, and each teacher's scores of all songs."""

    rows: npt.NDArray[np.int64]
    targets: Targets
    taught: Mapping[str, Floats]


def make_lessons(corpus: Corpus, evidence: Evidence, held: Mask) -> Lessons:
    """Make lessons of all songs but the held ones, of which teachers know nothing either."""
    rows = np.flatnonzero(~held)
    taught = {question: _teach(corpus, question, evidence, held) for question in corpus.labels}
    targets = {question: _target(corpus, question, scores)[rows] for question, scores in taught.items()}
    weights = {question: _weight(corpus, question)[rows] for question in taught}
    return Lessons(rows, (targets, weights), taught)


def _teach(corpus: Corpus, question: str, evidence: Evidence, held: Mask) -> Floats:
    known = np.flatnonzero(corpus.labelled(question) & ~held)
    scores = TEACHERS[question](evidence, known, corpus.labels[question][known]) ** SHARPNESS[question]
    return np.asarray(scores / np.sum(scores, axis=1, keepdims=True), np.float32)


def _target(corpus: Corpus, question: str, taught: Floats) -> Floats:
    target = taught.copy()
    known = corpus.labelled(question)
    said = np.eye(len(MOODS), dtype=np.float32)[corpus.labels[question][known]]
    target[known] = SHARE * taught[known] + (1 - SHARE) * said
    return target


def _weight(corpus: Corpus, question: str) -> Floats:
    """Weigh songs: a rare mood counts as much as a frequent one."""
    labels, known = corpus.labels[question], corpus.labelled(question)
    counts = np.bincount(labels[known], minlength=len(MOODS))
    balanced = np.sum(counts) / (len(MOODS) * np.maximum(counts, 1))
    return np.where(known, balanced[labels], UNLABELLED_WEIGHTS[question]).astype(np.float32)
