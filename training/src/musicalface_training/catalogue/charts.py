"""Popularity, years and ids of songs from charts."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from musicalface_training.catalogue.spelling import Name, Spellings, learn_spellings
from musicalface_training.tables import find_table, read_table
from recommender.domain.same_song import song_key

FOLDER = "songs"
HOT_100 = "billboard_hot100_songs.csv"
TOP_HITS = "top_hits_ids_years.csv"
TOP_SONGS = "top_songs_by_country_abdurrahman373.csv"
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST_NAME = re.compile(r"\s(?:and|with|x|vs\.?|featuring|feat\.?|duet with)\s|[,&+/]", re.IGNORECASE)


class Charted(NamedTuple):
    """A song's best place in the Hot 100, its weeks there, and the year in which it came into them."""

    peak: int
    weeks: int
    year: int


def read_hot_100(data: Path) -> dict[str, Charted]:
    """Read `data/songs/billboard_hot100_songs.csv`, by `chart_key`. Raises DatasetError."""
    names = ("artist", "title", "first_chart_date", "peak", "weeks")
    table = read_table(find_table(data, FOLDER, HOT_100), {name: (name,) for name in names})
    songs: dict[str, Charted] = {}
    for artist, title, date, peak, weeks in zip(*(table[name] for name in names), strict=True):
        found = Charted(int(peak), int(weeks), int(date[:4]))
        for key in chart_keys(artist, title):
            songs[key] = _merged(songs[key], found) if key in songs else found
    return songs


def read_spotify_ids(data: Path) -> dict[str, str]:
    """Read the Spotify ids of songs in charts, by `chart_key`. Raises DatasetError."""
    hits = {"id": ("track_id",), "title": ("track_name",), "artist": ("track_artists",)}
    songs = {"id": ("spotify_id",), "title": ("name",), "artist": ("artists",)}
    ids: dict[str, str] = {}
    for name, columns in ((TOP_HITS, hits), (TOP_SONGS, songs)):
        table = read_table(find_table(data, FOLDER, name), columns)
        for number, title, artist in zip(table["id"], table["title"], table["artist"], strict=True):
            if len(number) == 22:
                for key in chart_keys(artist, title):
                    ids.setdefault(key, number)
    return ids


def read_spellings(data: Path) -> Spellings:
    """Return the spellings of the Hot 100. Raises DatasetError."""
    table = read_table(find_table(data, FOLDER, HOT_100), {name: (name,) for name in ("artist", "title")})
    return learn_spellings(map(Name, table["artist"], table["title"]))


def chart_keys(artist: str, title: str) -> Iterable[str]:
    """Return keys under which a song is looked up: by all its artists, and by the first of them."""
    first = _FIRST_NAME.split(artist)[0].strip() or artist
    return dict.fromkeys((song_key(artist, title), song_key(first, title)))


def _merged(one: Charted, other: Charted) -> Charted:
    """Return what a song reached in two entries, as of a second run in another year."""
    return Charted(min(one.peak, other.peak), one.weeks + other.weeks, min(one.year, other.year))
