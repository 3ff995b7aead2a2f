"""Songs whose lyrics are nearly those of another song: covers, and one text under several names."""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from lyrics_mood.tokenizer import words
from musicalface_training.arrays import Mask
from musicalface_training.lyrics.data.corpus import Corpus, Fold

# Two songs whose sets of words overlap this much (Jaccard) are mostly versions of one song.
OVERLAP = 0.6


def has_known_version(corpus: Corpus, folds: list[Fold], question: str) -> Mask:
    """Return for all judged songs, fold by fold, whether a known song has nearly the same words: bool (n,)."""
    rows = np.flatnonzero(corpus.labelled(question))
    texts = [corpus.songs.texts[row] for row in rows.tolist()]
    counts = CountVectorizer(analyzer=words, binary=True, dtype=np.float32).fit_transform(texts)
    return np.concatenate([_known(counts, fold.judged[question][rows], ~fold.artists[rows]) for fold in folds])


def _known(counts: csr_matrix, judged: Mask, known: Mask) -> Mask:
    one, other = counts[judged], counts[known]
    shared = (one @ other.T).toarray()
    sizes = np.asarray(one.sum(axis=1)) + np.asarray(other.sum(axis=1)).T
    return np.asarray(np.max(shared / (sizes - shared), axis=1) >= OVERLAP)
