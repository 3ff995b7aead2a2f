"""The facts file: gzipped CSV, one song a line."""

import csv
import gzip
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from musicalface_common.vocabulary import MOODS, Mood
from recommender.adapters.errors import CatalogueError
from recommender.domain.track import Scores, Track

HEADER = [
    "id",
    "artist",
    "title",
    "year",
    "genre",
    "language",
    "explicit",
    "spotify_id",
    "tag_mood",
    "listeners",
    *MOODS,
]
_ID = re.compile(r"[0-9a-f]{12}")
_SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}|")
_EXPLICIT = {"1": True, "0": False, "": None}
_MAX_INTEGER = 2**31 - 1
_ROOM = {"artist": 200, "title": 300, "genre": 200, "language": 16}


def read_facts(path: Path, content: bytes) -> list[Track]:
    """Read the songs of a facts file's bytes, in the order of their ids. Raises CatalogueError with file and line."""
    try:
        songs = list(_parse(gzip.decompress(content).decode()))
    except (EOFError, OSError, ValueError) as error:
        raise CatalogueError(f"the catalogue {path} is broken: {error}") from error
    if not songs:
        raise CatalogueError(f"the catalogue {path} is broken: it holds no track")
    return sorted(songs, key=lambda song: song.id)


def _parse(text: str) -> Iterator[Track]:
    """Read the lines of a facts file. Raises ValueError that names the line."""
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


def read_song(facts: Mapping[str, str]) -> Track:
    """Read the facts of one song, by the names of HEADER. Raises ValueError that says what is no fact."""
    _check(facts)
    return Track(
        id=facts["id"],
        artist=facts["artist"],
        title=facts["title"],
        year=_number(facts, "year"),
        genre=facts["genre"] or None,
        language=facts["language"] or None,
        explicit=_explicit(facts["explicit"]),
        spotify_id=facts["spotify_id"] or None,
        tag_mood=_mood(facts["tag_mood"]),
        listeners=_number(facts, "listeners"),
        scores=_scores(facts),
    )


def _number(facts: Mapping[str, str], name: str) -> int | None:
    if not facts[name]:
        return None
    try:
        number = int(facts[name])
    except ValueError:
        raise ValueError(f"{name} is not a number") from None
    if not 0 <= number <= _MAX_INTEGER:
        raise ValueError(f"{name} is negative or too large")
    return number


def _mood(text: str) -> Mood | None:
    if text and text not in MOODS:
        raise ValueError(f"mood must be {', '.join(MOODS[:-1])} or {MOODS[-1]}")
    return Mood(text) if text else None


def _explicit(text: str) -> bool | None:
    if text not in _EXPLICIT:
        raise ValueError("explicit is neither 1 nor 0 nor empty")
    return _EXPLICIT[text]


def _scores(facts: Mapping[str, str]) -> Scores:
    scores = Scores(*(float(facts[mood]) for mood in MOODS))
    if not all(0 <= score <= 1 for score in scores):
        raise ValueError("a score is not between 0 and 1")
    return scores


def _check(facts: Mapping[str, str]) -> None:
    if not _ID.fullmatch(facts["id"]):
        raise ValueError("the id is not of 12 hex digits")
    if not (facts["artist"].strip() and facts["title"].strip()):
        raise ValueError("the artist or the title is empty")
    if not _SPOTIFY_ID.fullmatch(facts["spotify_id"]):
        raise ValueError("the Spotify id is not of 22 letters and digits")
    _check_lengths(facts)


def _check_lengths(facts: Mapping[str, str]) -> None:
    for name, room in _ROOM.items():
        if len(facts[name]) > room:
            raise ValueError(f"the {name} is longer than {room} characters")
