"""The songs to score, from any CSV file with artist, title (or song) and lyrics (or text)."""

import re
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from lyrics_mood.tokenizer import has_words
from musicalface_training.catalogue.cleaning import clean_artist, clean_title
from musicalface_training.errors import DatasetError
from musicalface_training.tables import read_table
from recommender.domain.normalisation import normalise
from recommender.domain.track import song_id

COLUMNS = {"artist": ("artist",), "title": ("title", "song"), "lyrics": ("lyrics", "text")}
OPTIONAL = ("year", "genre", "spotify_id")

_YEAR = re.compile(r"([12]\d{3})(?:\.0)?")
_SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}")


def read_songs(path: Path, known_artists: Collection[str] = ()) -> pd.DataFrame:
    """Read songs, sorted by id: id, artist, title, year, genre, spotify_id, lyrics; all text, "" for unknown.

    Cleans names; `known_artists` (normalised) decides whether "Last, First" is turned round. Leaves out rows without
    artist, title or words; merges rows with one id, with the first known value of each column. Raises DatasetError.
    """
    table = read_table(path, COLUMNS).reindex(columns=[*COLUMNS, *OPTIONAL], fill_value="")
    known = {*known_artists, *map(normalise, table["artist"])}
    table["artist"] = [clean_artist(name, known) for name in table["artist"]]
    table["title"] = [clean_title(name) for name in table["title"]]
    table = table[(table["artist"] != "") & (table["title"] != "") & table["lyrics"].map(has_words)].copy()
    if table.empty:
        raise DatasetError(f"{path} has no song with artist, title and lyrics")
    table["year"] = [_matched(_YEAR, year) for year in table["year"]]
    table["spotify_id"] = [_matched(_SPOTIFY_ID, number) for number in table["spotify_id"]]
    return _merged(table)


def _merged(table: pd.DataFrame) -> pd.DataFrame:
    ids = [song_id(*names) for names in zip(table["artist"], table["title"], strict=True)]
    merged = table.mask(table == "").groupby(pd.Series(ids, table.index, name="id"), sort=True).first()
    return merged.reset_index().fillna("")


def _matched(pattern: re.Pattern[str], value: str) -> str:
    found = pattern.fullmatch(value.strip())
    return found.group(found.lastindex or 0) if found else ""
