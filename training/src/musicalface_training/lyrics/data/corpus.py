"""The songs of all sets as one corpus, their labels for each question, and its folds by artist."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from musicalface_training.arrays import Labels, Mask, Rows
from musicalface_training.lyrics.data.songs import TAGGED, UNLABELLED, WORDED, Songs, load_all, load_sets
from musicalface_training.lyrics.data.splits import artist_folds

# Seed of both questions' folds.
FOLD_SEED = 0


@dataclass(frozen=True)
class Corpus:
    """n songs, and int64 (n,) labels by question, -1 for none: `tags` by people, `words` by MoodyLyrics."""

    songs: Songs
    labels: dict[str, Labels]

    def labelled(self, question: str) -> Mask:
        """Return which songs have a label for a question: bool (n,)."""
        return np.not_equal(self.labels[question], UNLABELLED)


@dataclass(frozen=True)
class Fold:
    """The songs held out: those to judge, by question, and all songs of their artists; bool (n,) each."""

    judged: dict[str, Mask]
    artists: Mask


def load_corpus(data: Path) -> Corpus:
    """Load all sets; a song in several sets has the lyrics of the first. Raises DatasetError."""
    songs = load_all(data)
    sets = {"tags": load_sets(data, TAGGED), "words": load_sets(data, WORDED)}
    return Corpus(songs, {question: _labels(songs, labelled) for question, labelled in sets.items()})


def folds(corpus: Corpus) -> list[Fold]:
    """Divide the labelled songs into five folds; a fold holds out every song by the artists of its judged songs."""
    divided = {question: _divided(corpus, question) for question in corpus.labels}
    parts = [dict(zip(divided, masks, strict=True)) for masks in zip(*divided.values(), strict=True)]
    return [Fold(judged, _by_same_artists(corpus.songs, judged)) for judged in parts]


def _labels(songs: Songs, labelled: Songs) -> Labels:
    known = dict(zip(labelled.ids, labelled.labels.tolist(), strict=True))
    return np.array([known.get(name, UNLABELLED) for name in songs.ids], np.int64)


def _divided(corpus: Corpus, question: str) -> list[Mask]:
    rows = np.flatnonzero(corpus.labelled(question))
    labelled = replace(corpus.songs.take(rows), labels=corpus.labels[question][rows])
    return [_mask(rows[split.test], len(corpus.songs)) for split in artist_folds(labelled, FOLD_SEED)]


def _by_same_artists(songs: Songs, judged: dict[str, Mask]) -> Mask:
    artists = np.array(songs.artists)
    return np.isin(artists, artists[np.any(list(judged.values()), axis=0)])


def _mask(rows: Rows, length: int) -> Mask:
    mask = np.zeros(length, np.bool_)
    mask[rows] = True
    return mask
