"""What listeners tag a song's artist with: teachers may know it, the network has to hear it in the words."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from musicalface_training.catalogue.lastfm import find_artist, load_artists

TAGS = 400

Floats = npt.NDArray[np.float32]


def artist_tags(data: Path, artists: Sequence[str]) -> Floats:
    """Return float32 (n, 400): how an artist is tagged, of length 1, zeros where nobody tagged it.

    Last.fm-2k (Cantador et al. 2011), its 400 tags of most songs. Raises DatasetError.
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
