"""The facts file: gzipped CSV, one song per line, without lyrics."""

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from recommender.catalogue.errors import CatalogueError
from recommender.domain.facts import COLUMNS, FACTS, SCORE_FACTS, Fact, split_names
from recommender.domain.scores import Scores
from recommender.domain.track import Track

HEADER = ["id", *COLUMNS]
_ID = re.compile(r"[0-9a-f]{12}")
_DIGITS = re.compile(r"[0-9]*")
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
    facts: dict[str, Any] = {fact.name: _read(fact, values[fact.name]) for fact in FACTS}
    for fact in SCORE_FACTS:
        facts[fact.name] = _scores([values[column] for column in fact.columns])
    return Track(id=values["id"], **facts)


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
    if fact.kind is tuple:
        return split_names(text)
    if not text:
        return None
    return _word(fact.name, fact.kind, text) if issubclass(fact.kind, StrEnum) else _READERS[fact.kind](fact.name, text)


def _number(name: str, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"{name} is not a number") from None
    if not 0 <= number <= _MAX_INTEGER:
        raise ValueError(f"{name} is negative or too large")
    return number


def _word(name: str, vocabulary: type[StrEnum], text: str) -> StrEnum:
    try:
        return vocabulary(text)
    except ValueError:
        *first, last = vocabulary
        raise ValueError(f"{name} must be {', '.join(first)} or {last}") from None


def _boolean(name: str, text: str) -> bool:
    if text not in _EXPLICIT:
        raise ValueError(f"{name} is neither 1 nor 0 nor empty")
    return _EXPLICIT[text]


def _scores(values: Sequence[str]) -> Scores | None:
    """Return four scores, or None where all are empty."""
    if not any(values):
        return None
    scores = Scores(*map(float, values))
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
    if not _DIGITS.fullmatch(values["deezer_id"]):
        raise ValueError("the Deezer id does not consist of digits")
    if not all(_ID.fullmatch(former) for former in split_names(values["former_ids"])):
        raise ValueError("a former id does not consist of 12 hex digits")
    for fact in FACTS:
        if fact.length and len(values[fact.name]) > fact.length:
            raise ValueError(f"the {fact.name} is longer than {fact.length} characters")


_READERS: Mapping[type, Callable[[str, str], object]] = {
    str: lambda _, text: text,
    int: _number,
    bool: _boolean,
}
