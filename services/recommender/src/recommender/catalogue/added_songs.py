"""Songs that a refresh added, with their source. They stay when another facts file is loaded."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from recommender.catalogue.rows import fact_row, song_number, song_of
from recommender.catalogue.tables import additions
from recommender.domain.track import Track


class AddedSong(NamedTuple):
    """A song and its source: the name of a file or of a service."""

    song: Track
    source: str


class Changes(NamedTuple):
    """The number of songs that are new, and of songs whose facts changed."""

    added: int
    changed: int


def read_added_songs(connection: Connection) -> list[Track]:
    """Return the added songs in the order of their ids."""
    return [song_of(row) for row in connection.execute(select(additions).order_by(additions.c.number))]


def put_added_songs(connection: Connection, found: Iterable[AddedSong], today: date) -> Changes:
    """Add songs, each once. A song that is there already gets the new facts and keeps its date."""
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
    """Return a hash of the songs and their facts, or an empty string for no song."""
    return hashlib.sha256(repr(added).encode()).hexdigest() if added else ""
