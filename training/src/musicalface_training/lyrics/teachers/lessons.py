"""The targets of the lyrics network: people's labels mixed with teachers' scores, and teachers' scores alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from musicalface_common.vocabulary import MOODS
from musicalface_training.arrays import Floats, Mask, Rows
from musicalface_training.lyrics.data.corpus import Corpus
from musicalface_training.lyrics.teachers.regressions import Evidence, teach_tags, teach_words

TEACHERS = {"tags": teach_tags, "words": teach_words}
# The power that a teacher's scores are raised to: a strongly regularised teacher is less sure than it is right.
SHARPNESS = {"tags": 3, "words": 1}
# The teacher's share in the target of a labelled song.
SHARE = 0.5
# Weights of songs without a label. They are 7 to 10 times as many: in total they weigh as much as the labelled songs
# (tags), or three times as much (words).
UNLABELLED_WEIGHTS = {"tags": 0.15, "words": 0.3}

Targets = tuple[Mapping[str, Floats], Mapping[str, Floats]]
"""Targets and sample weights, by head."""


@dataclass(frozen=True)
class Lessons:
    """The rows of the corpus to learn from, their targets, and the scores of all songs by each question's teacher."""

    rows: Rows
    targets: Targets
    taught: Mapping[str, Floats]


def make_lessons(corpus: Corpus, evidence: Evidence, held: Mask) -> Lessons:
    """Make targets for all songs except the held-out ones, bool (n,); teachers learn nothing of those either."""
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
    """Weigh labelled songs so that each mood has the same total weight."""
    labels, known = corpus.labels[question], corpus.labelled(question)
    counts = np.bincount(labels[known], minlength=len(MOODS))
    balanced = np.sum(counts) / (len(MOODS) * np.maximum(counts, 1))
    return np.where(known, balanced[labels], UNLABELLED_WEIGHTS[question]).astype(np.float32)
