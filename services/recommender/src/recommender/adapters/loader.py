"""From the facts file into the database, when what is there is not of this file."""

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, delete, insert, inspect, select

from musicalface_common.vocabulary import MOODS
from recommender.adapters.database import catalogue, metadata, tracks, writing
from recommender.domain.text import artist_key, normalise
from recommender.domain.track import Scores

HEADER = ["id", "artist", "title", "year", "genre", "language", "spotify_id", *MOODS]
_ID = re.compile(r"[0-9a-f]{12}")
_SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}|")

log = structlog.get_logger("musicalface.catalogue")


class CatalogueError(Exception):
    """The facts file is missing or broken. The message names it and where it breaks."""


def load(engine: Engine, path: Path) -> str:
    """Bring the database to the facts of `path`, all or nothing, and return their version.

    The version is the first 12 hex digits of the file's sha256. Processes that load at once wait
    for each other. Raises CatalogueError before anything is changed.
    """
    content = _content(path)
    version = hashlib.sha256(content).hexdigest()[:12]
    if _stored_version(engine) == version:
        return version
    rows = _rows(path, content)
    with writing(engine) as connection:
        metadata.create_all(connection)
        if connection.scalar(select(catalogue.c.version)) != version:
            _replace(connection, rows, version)
    return version


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"the catalogue {path} cannot be read: {error.strerror}") from error


def _stored_version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(catalogue.name):
            return None
        return connection.scalar(select(catalogue.c.version))


def _replace(connection: Connection, rows: list[dict[str, Any]], version: str) -> None:
    connection.execute(delete(tracks))
    connection.execute(delete(catalogue))
    connection.execute(insert(tracks), rows)
    connection.execute(insert(catalogue), {"version": version})
    log.info("catalogue loaded", version=version, tracks=len(rows))


def _rows(path: Path, content: bytes) -> list[dict[str, Any]]:
    try:
        rows = list(_parse(gzip.decompress(content).decode()))
    except (EOFError, OSError, ValueError) as error:
        raise CatalogueError(f"the catalogue {path} is broken: {error}") from error
    if not rows:
        raise CatalogueError(f"the catalogue {path} is broken: it holds no track")
    return rows


def _parse(text: str) -> Iterator[dict[str, Any]]:
    """Read the lines of a facts file. Raises ValueError that names the line."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    if next(lines, None) != HEADER:
        raise ValueError(f"its first line is not {','.join(HEADER)}")
    seen: set[str] = set()
    try:
        for line in lines:
            yield _row(dict(zip(HEADER, line, strict=True)), seen)
    except (ValueError, csv.Error) as error:
        raise ValueError(f"line {lines.line_num}: {error}") from error


def _row(facts: dict[str, str], seen: set[str]) -> dict[str, Any]:
    _check(facts, seen)
    scores = Scores(*(float(facts[mood]) for mood in MOODS))
    if not all(0 <= score <= 1 for score in scores):
        raise ValueError("a score is not between 0 and 1")
    return {
        "id": facts["id"],
        "artist": facts["artist"],
        "title": facts["title"],
        "year": int(facts["year"]) if facts["year"] else None,
        "genre": facts["genre"] or None,
        "language": facts["language"] or None,
        "spotify_id": facts["spotify_id"] or None,
        **scores._asdict(),
        "mood": scores.mood,
        "strength": max(scores),
        "artist_key": artist_key(facts["artist"]),
        "genre_key": normalise(facts["genre"]) or None,
        "search": normalise(f"{facts['artist']} {facts['title']}"),
    }


def _check(facts: dict[str, str], seen: set[str]) -> None:
    if not _ID.fullmatch(facts["id"]):
        raise ValueError("the id is not of 12 hex digits")
    if facts["id"] in seen:
        raise ValueError("the id occurs twice")
    seen.add(facts["id"])
    if not (facts["artist"].strip() and facts["title"].strip()):
        raise ValueError("the artist or the title is empty")
    if not _SPOTIFY_ID.fullmatch(facts["spotify_id"]):
        raise ValueError("the Spotify id is not of 22 letters and digits")
