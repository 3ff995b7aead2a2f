"""Stores the songs that a refresh added, with their source. They remain when another facts file is loaded."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from recommender.catalogue.rows import fact_row, song_number, song_of
from recommender.catalogue.tables import additions
from recommender.domain.track import Track


class AddedSong(NamedTuple):
    """A song and its source: the name of a CSV file or of a service."""

    song: Track
    source: str


class Changes(NamedTuple):
    """The number of songs that were added, and the number of known songs that got other facts."""

    added: int
    changed: int


def read_added_songs(connection: Connection) -> list[Track]:
    """Return the added songs, sorted by id."""
    return [song_of(row) for row in connection.execute(select(additions).order_by(additions.c.number))]


def put_added_songs(connection: Connection, found: Iterable[AddedSong], today: date) -> Changes:
    """Insert new songs, and replace the facts of known ones, which keep their date. `found` must not repeat a song."""
    rows = connection.execute(select(additions)).all()
    known = {row.number: (song_of(row), row.added) for row in rows}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for song, source in found:
        stored, added = known.get(song_number(song), (None, today))
        if stored != song:
            (changed if stored else new).append({**fact_row(song), "source": source, "added": added})
    if changed:
        connection.execute(
            delete(additions).where(additions.c.number == bindparam("old")), [{"old": row["number"]} for row in changed]
        )
    if new or changed:
        connection.execute(insert(additions), [*new, *changed])
    return Changes(len(new), len(changed))


def fingerprint(added: Sequence[Track]) -> str:
    """Return a hash (SHA-256, hex) of the songs and their facts, or an empty string if there are no songs."""
    return hashlib.sha256(repr(added).encode()).hexdigest() if added else ""
