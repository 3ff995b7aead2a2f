"""The teachers of the lyrics network: logistic regressions on sentence embeddings, artists' tags and words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from lyrics_mood.tokenizer import words
from musicalface_training.arrays import Floats, Labels, Rows

ITERATIONS = 2000
# A word that only one song has tells nothing about other songs.
MIN_SONGS = 2
# Scales the artists' tags so that they weigh as much as the embedding.
ARTIST_SCALE = 30.0
# Regularisation (sklearn's C) and shares, chosen by macro-F1 out of fold.
TAGS_C, ARTIST_C = 3e-4, 1e-3
MEANING_C, WORDS_C = 8e-3, 10.0
WORDS_SHARE = 0.7


@dataclass(frozen=True)
class Evidence:
    """The teachers' features of n songs: texts, sentence embeddings (n, 768) and artists' tags (n, 400)."""

    texts: Sequence[str]
    embeddings: Floats
    artists: Floats


def teach_tags(evidence: Evidence, known: Rows, labels: Labels) -> Floats:
    """Fit people's tags on the `known` rows, and score all n songs: float32 (n, 4), rows sum to 1."""
    meaning = evidence.embeddings / np.std(evidence.embeddings)
    artist = ARTIST_SCALE * (evidence.artists - np.mean(evidence.artists, axis=0))
    both, by_meaning, by_artist = (
        _scores(features, known, labels, c)
        for features, c in ((np.hstack([meaning, artist]), TAGS_C), (meaning, TAGS_C), (artist, ARTIST_C))
    )
    return np.asarray((2 * both + by_meaning + by_artist) / 4, np.float32)


def teach_words(evidence: Evidence, known: Rows, labels: Labels) -> Floats:
    """Fit MoodyLyrics' labels on the `known` rows, and score all n songs: float32 (n, 4), rows sum to 1."""
    bag = bag_of_words(WORDS_C).fit([evidence.texts[row] for row in known.tolist()], labels)
    by_meaning = _scores(evidence.embeddings / np.std(evidence.embeddings), known, labels, MEANING_C)
    mixed = WORDS_SHARE * bag.predict_proba(evidence.texts) + (1 - WORDS_SHARE) * by_meaning
    return np.asarray(mixed, np.float32)


def bag_of_words(c: float) -> Pipeline:
    """Return TF-IDF with logistic regression, unfitted; it is also a baseline for the network."""
    return make_pipeline(
        TfidfVectorizer(analyzer=words, sublinear_tf=True, min_df=MIN_SONGS),
        LogisticRegression(C=c, max_iter=ITERATIONS, class_weight="balanced"),
    )


def _scores(features: Floats, known: Rows, labels: Labels, c: float) -> Floats:
    model = LogisticRegression(C=c, max_iter=ITERATIONS, class_weight="balanced").fit(features[known], labels)
    return np.asarray(model.predict_proba(features), np.float32)
