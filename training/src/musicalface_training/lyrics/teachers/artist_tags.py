"""Listeners' tags of artists, as features for the teachers; the network is given lyrics only."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from musicalface_training.arrays import Floats
from musicalface_training.catalogue.lastfm import find_artist, load_artists

TAGS = 400


def artist_tags(data: Path, artists: Sequence[str]) -> Floats:
    """Return float32 (n, 400): the tags of each song's artist, of length 1, zeros for an artist without tags.

    The columns are the tags of Last.fm-2k (Cantador et al. 2011) that most songs have. Raises DatasetError.
    """
    known = load_artists(data)
    found = [find_artist(known, name) for name in artists]
    tags = [artist.tags if artist else Counter[str]() for artist in found]
    songs = Counter(tag for counts in tags for tag in counts)
    columns = {tag: column for column, (tag, _) in enumerate(songs.most_common(TAGS))}
    rows = np.zeros((len(artists), TAGS), np.float32)
    for row, counts in zip(rows, tags, strict=True):
        for tag in counts.keys() & columns.keys():
            row[columns[tag]] = np.log1p(counts[tag])
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)
