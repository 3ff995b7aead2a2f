"""The classifiers that the lyrics network should beat, measured on the same songs and folds."""

from collections.abc import Callable

import numpy as np

from lyrics_mood.classifier import load_classifier
from musicalface_common.vocabulary import MOODS
from musicalface_training.arrays import Floats, Labels
from musicalface_training.lyrics.data.corpus import Corpus, Fold
from musicalface_training.lyrics.data.songs import Songs
from musicalface_training.lyrics.teachers.regressions import WORDS_C, bag_of_words

Baseline = Callable[[Songs, Labels, Songs], Floats]
"""Takes known songs, their labels, and songs to judge; returns float32 (n, 4) scores of the latter."""


def judge_baseline(baseline: Baseline, corpus: Corpus, folds: list[Fold], question: str) -> Floats:
    """Return a baseline's scores of all judged songs, fold by fold: float32 (n, 4)."""
    return np.concatenate([_judge(baseline, corpus, fold, question) for fold in folds])


def majority(known: Songs, labels: Labels, judged: Songs) -> Floats:
    """Score every song by the moods' shares of the known songs, so that the most frequent mood is predicted."""
    shares = np.bincount(labels, minlength=len(MOODS)) / len(labels)
    return np.tile(shares.astype(np.float32), (len(judged), 1))


def words(known: Songs, labels: Labels, judged: Songs) -> Floats:
    """Score by TF-IDF with logistic regression."""
    return np.asarray(bag_of_words(WORDS_C).fit(known.texts, labels).predict_proba(judged.texts), np.float32)


def reference(known: Songs, labels: Labels, judged: Songs) -> Floats:
    """Score by the served reference LSTM, which was trained on most songs of MoodyLyrics."""
    return load_classifier("reference").scores(judged.texts)


def _judge(baseline: Baseline, corpus: Corpus, fold: Fold, question: str) -> Floats:
    known = np.flatnonzero(corpus.labelled(question) & ~fold.artists)
    judged = corpus.songs.take(np.flatnonzero(fold.judged[question]))
    return baseline(corpus.songs.take(known), corpus.labels[question][known], judged)
