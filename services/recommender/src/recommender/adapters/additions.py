"""Songs that are not of the facts file, and where they are from. They stay when another facts file is loaded."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from recommender.adapters.new_songs import Addition
from recommender.adapters.rows import fact_row, song_number, song_of
from recommender.adapters.tables import additions
from recommender.domain.track import Track


class Changes(NamedTuple):
    """How many songs are new, and of how many other facts are known now."""

    added: int
    changed: int


def read_additions(connection: Connection) -> list[Track]:
    """Return the songs that were added, in the order of their ids."""
    return [song_of(row) for row in connection.execute(select(additions).order_by(additions.c.number))]


def put_additions(connection: Connection, found: Iterable[Addition], today: date) -> Changes:
    """Add songs, each once; one that is there gets the facts that are told now, and keeps its date."""
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
    """Return what differs where the songs or their facts do; of no song it is empty."""
    return hashlib.sha256(repr(added).encode()).hexdigest() if added else ""
