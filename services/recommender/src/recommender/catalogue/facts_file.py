"""The facts file: gzipped CSV, one song per line, without lyrics."""

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from musicalface_common.vocabulary import MOODS, Mood
from recommender.catalogue.errors import CatalogueError
from recommender.domain.facts import FACTS, Fact
from recommender.domain.scores import Scores
from recommender.domain.track import Track

HEADER = ["id", *(fact.name for fact in FACTS), *MOODS]
_ID = re.compile(r"[0-9a-f]{12}")
_SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}|")
_EXPLICIT = {"1": True, "0": False}
_MAX_INTEGER = 2**31 - 1


class FactsFile:
    """A facts file. Its bytes are read when the object is made, and parsed once, at the first use of `songs`."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises CatalogueError if it cannot be read."""
        self._path = path
        try:
            self.content = path.read_bytes()
        except OSError as error:
            raise CatalogueError(f"the catalogue {path} cannot be read: {error.strerror}") from error

    @cached_property
    def songs(self) -> list[Track]:
        """The songs, sorted by id. Raises a CatalogueError that names the file and the line."""
        try:
            songs = list(_parse(gzip.decompress(self.content).decode()))
        except (EOFError, OSError, ValueError) as error:
            raise CatalogueError(f"the catalogue {self._path} is broken: {error}") from error
        if not songs:
            raise CatalogueError(f"the catalogue {self._path} is broken: it holds no track")
        return sorted(songs, key=lambda song: song.id)


def read_song(values: Mapping[str, str]) -> Track:
    """Return the song of one line, given as texts by column name. Raises a ValueError that names the wrong fact."""
    _check(values)
    facts = {fact.name: _read(fact, values[fact.name]) for fact in FACTS}
    return Track(id=values["id"], scores=_scores(values), **facts)


def _parse(text: str) -> Iterator[Track]:
    """Yield the song of each line. Raises a ValueError that names the line."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    if next(lines, None) != HEADER:
        raise ValueError(f"its first line is not {','.join(HEADER)}")
    seen: set[str] = set()
    try:
        for line in lines:
            song = read_song(dict(zip(HEADER, line, strict=True)))
            if song.id in seen:
                raise ValueError("the id occurs twice")
            seen.add(song.id)
            yield song
    except (ValueError, csv.Error) as error:
        raise ValueError(f"line {lines.line_num}: {error}") from error


def _read(fact: Fact, text: str) -> Any:
    return _READERS[fact.kind](fact.name, text) if text else None


def _number(name: str, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"{name} is not a number") from None
    if not 0 <= number <= _MAX_INTEGER:
        raise ValueError(f"{name} is negative or too large")
    return number


def _mood(_: str, text: str) -> Mood:
    if text not in MOODS:
        raise ValueError(f"mood must be {', '.join(MOODS[:-1])} or {MOODS[-1]}")
    return Mood(text)


def _boolean(name: str, text: str) -> bool:
    if text not in _EXPLICIT:
        raise ValueError(f"{name} is neither 1 nor 0 nor empty")
    return _EXPLICIT[text]


def _scores(values: Mapping[str, str]) -> Scores:
    scores = Scores(*(float(values[mood]) for mood in MOODS))
    if not all(0 <= score <= 1 for score in scores):
        raise ValueError("a score is not between 0 and 1")
    return scores


def _check(values: Mapping[str, str]) -> None:
    if not _ID.fullmatch(values["id"]):
        raise ValueError("the id does not consist of 12 hex digits")
    if not (values["artist"].strip() and values["title"].strip()):
        raise ValueError("the artist or the title is empty")
    if not _SPOTIFY_ID.fullmatch(values["spotify_id"]):
        raise ValueError("the Spotify id does not consist of 22 letters and digits")
    for fact in FACTS:
        if fact.length and len(values[fact.name]) > fact.length:
            raise ValueError(f"the {fact.name} is longer than {fact.length} characters")


_READERS: Mapping[type, Callable[[str, str], object]] = {
    str: lambda _, text: text,
    int: _number,
    bool: _boolean,
    Mood: _mood,
}
