"""Editions: all rows of one loaded version of the catalogue. Readers see one edition, whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select

from recommender.catalogue.rows import fact_row, genre_keys, song_number
from recommender.catalogue.tables import (
    EDITION_TABLES,
    KEY_LENGTH,
    editions,
    former_ids,
    occurrences,
    tracks,
    trigrams,
    words,
)
from recommender.domain.likeness import trigrams as trigrams_of
from recommender.domain.likeness import words as words_of
from recommender.domain.normalisation import artist_key, normalise
from recommender.domain.track import Track

Rows = Iterable[dict[str, Any]]


class Edition(NamedTuple):
    """An edition's number, and the version of the songs in it."""

    number: int
    version: str


def current_edition(connection: Connection) -> Edition | None:
    """Return the edition to read, or None where nothing has been loaded."""
    row = connection.execute(select(editions).order_by(editions.c.number.desc()).limit(1)).first()
    return Edition(row.number, row.version) if row else None


def store_edition(connection: Connection, songs: Sequence[Track], version: str) -> int:
    """Add an edition and return its number. It becomes the current one when the transaction ends."""
    edition = connection.execute(insert(editions).values(version=version)).lastrowid
    connection.execute(insert(tracks), [{"edition": edition, **_song_row(song)} for song in songs])
    for table, rows in _index_rows(songs).items():
        _insert(connection, table, int(edition), rows)
    return int(edition)


def remove_older_editions(connection: Connection, edition: int) -> None:
    """Remove all editions before this one."""
    for table in EDITION_TABLES:
        connection.execute(delete(table).where(table.c.edition < edition))
    connection.execute(delete(editions).where(editions.c.number < edition))


def _insert(connection: Connection, table: Table, edition: int, rows: Rows) -> None:
    """Insert rows of plain values. SQLAlchemy's own way takes three times as long for hundreds of thousands of rows."""
    statement = insert(table).compile(dialect=connection.dialect)
    named = [{"edition": edition, **row} for row in rows]
    if named:
        places = statement.positiontup  # None where the database's driver takes values by name
        values = [tuple(row[place] for place in places) for row in named] if places else named
        connection.exec_driver_sql(str(statement), values)


def _index_rows(songs: Sequence[Track]) -> Mapping[Table, Rows]:
    """Return the rows of the other tables in the order of the primary key, which is the fastest order to insert."""
    holders = _holders(songs)
    known = sorted(holders)
    runs = sorted((run, number) for number, word in enumerate(known) for run in trigrams_of(word))
    return {
        words: ({"number": number, "word": word, "songs": len(holders[word])} for number, word in enumerate(known)),
        trigrams: ({"trigram": run, "word": number} for run, number in runs),
        occurrences: _occurrence_rows(known, holders),
        former_ids: _former_id_rows(songs),
    }


def _holders(songs: Sequence[Track]) -> Mapping[str, list[int]]:
    """Return the numbers of the songs that hold each word."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for song in songs:
        for word in words_of(f"{song.artist} {song.title}"):
            holders[word].append(song_number(song))
    return holders


def _occurrence_rows(known: Sequence[str], holders: Mapping[str, list[int]]) -> Iterator[dict[str, int]]:
    for number, word in enumerate(known):
        for track in sorted(holders[word]):
            yield {"word": number, "track": track}


def _former_id_rows(songs: Sequence[Track]) -> Iterator[dict[str, int]]:
    former = sorted((int(former, 16), song_number(song)) for song in songs for former in song.former_ids)
    return ({"number": number, "track": track} for number, track in former)


def _song_row(song: Track) -> dict[str, Any]:
    belief = song.belief
    return {
        **fact_row(song),
        "mood": belief.mood if belief else "",
        "strength": max(belief) if belief else 0.0,
        "artist_key": artist_key(song.artist)[:KEY_LENGTH],
        "genre_key": normalise(song.genre or "")[:KEY_LENGTH] or None,
        "genre_keys": genre_keys(song.genres) or None,
    }
