"""The songs to classify, from any CSV file with artist, title (or song) and lyrics (or text)."""

import ast
import re
from collections import Counter
from pathlib import Path

import pandas as pd

from lyrics_mood.tokenizer import has_words
from musicalface_training.errors import DatasetError
from musicalface_training.names import song_id
from musicalface_training.tables import read_table

COLUMNS = {"artist": ("artist",), "title": ("title", "song"), "lyrics": ("lyrics", "text")}
OPTIONAL = ("year", "genre", "spotify_id")

_YEAR = re.compile(r"([12]\d{3})(?:\.0)?")
_SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}")


def read_songs(path: Path) -> pd.DataFrame:
    """Read songs, sorted by id: id, artist, title, year, genre, spotify_id, lyrics; all text, empty where unknown.

    Rows without artist, title or words are left out, and all but the first row of an id. Raises DatasetError.
    """
    table = read_table(path, COLUMNS).reindex(columns=[*COLUMNS, *OPTIONAL], fill_value="")
    for name in ("artist", "title"):
        table[name] = table[name].str.split().str.join(" ")
    table = table[(table["artist"] != "") & (table["title"] != "") & table["lyrics"].map(has_words)].copy()
    if table.empty:
        raise DatasetError(f"{path} has no song with artist, title and lyrics")
    table["id"] = [song_id(*names) for names in zip(table["artist"], table["title"], strict=True)]
    table["year"] = [_matched(_YEAR, year) for year in table["year"]]
    table["spotify_id"] = [_matched(_SPOTIFY_ID, number) for number in table["spotify_id"]]
    table["genre"] = _main_genres(table["genre"])
    return table.drop_duplicates("id").sort_values("id", ignore_index=True)


def _matched(pattern: re.Pattern[str], value: str) -> str:
    found = pattern.fullmatch(value.strip())
    return found.group(found.lastindex or 0) if found else ""


def _main_genres(values: pd.Series) -> list[str]:
    """Pick of each song's genres the one that most songs have: a filter wants few words, and lists are alphabetical."""
    lists = [_genres(value) for value in values]
    counts = Counter(genre for genres in lists for genre in genres)
    return [max(genres, key=lambda genre: (counts[genre], genre), default="") for genres in lists]


def _genres(value: str) -> list[str]:
    """Read one genre, or a list of them in Python's notation."""
    if not value.startswith("["):
        return [value.strip().casefold()] if value.strip() else []
    try:
        return [str(genre).strip().casefold() for genre in ast.literal_eval(value)]
    except (ValueError, SyntaxError):
        return []
