"""Listeners and tags of artists, from HetRec 2011 Last.fm-2k (Cantador et al. 2011)."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from musicalface_training.errors import DatasetError
from musicalface_training.tables import UNREADABLE, find_table
from recommender.domain.normalisation import normalise

FOLDER = "lastfm2k"
_FEATURING = (" feat ", " featuring ", " ft ")


@dataclass
class Artist:
    """The ids of the listeners who played an artist, and how many listeners gave it each tag."""

    listeners: set[str] = field(default_factory=set)
    tags: Counter[str] = field(default_factory=Counter)


def load_artists(data: Path) -> dict[str, Artist]:
    """Read the set in `data/lastfm2k`: artists by normalised name, merged if that is the same. Raises DatasetError."""
    ids, names = _columns(data, "artists.dat", "id", "name")
    named = dict(zip(ids, map(normalise, names), strict=True))
    artists: dict[str, Artist] = defaultdict(Artist)
    for user, number in zip(*_columns(data, "user_artists.dat", "userID", "artistID"), strict=True):
        artists[named[number]].listeners.add(user)
    tags = dict(zip(*_columns(data, "tags.dat", "tagID", "tagValue"), strict=True))
    for number, tag in zip(*_columns(data, "user_taggedartists.dat", "artistID", "tagID"), strict=True):
        if number in named:  # Some tagged artists are missing in artists.dat.
            artists[named[number]].tags[tags[tag]] += 1
    artists.pop("", None)
    return dict(artists)


def find_artist(artists: Mapping[str, Artist], name: str) -> Artist | None:
    """Find an artist by any spelling of the name. For "A feat. B" return A if the two together are unknown."""
    key = normalise(name)
    lead = min((key.split(word)[0] for word in _FEATURING), key=len)
    return artists.get(key) or artists.get(lead)


def _columns(data: Path, name: str, *columns: str) -> list[list[str]]:
    path = find_table(data, FOLDER, name)
    encoding = "latin-1" if name == "tags.dat" else "utf-8"
    try:
        table = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE, encoding=encoding)
        return [table[column].tolist() for column in columns]
    except (*UNREADABLE, KeyError) as error:
        raise DatasetError(f"{path} cannot be read as a table of Last.fm-2k: {error}") from error
