"""Editions: all rows of one loaded version of the catalogue. Readers see one edition, whole."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select

from recommender.catalogue.rows import fact_row, song_number
from recommender.catalogue.tables import EDITION_TABLES, KEY_LENGTH, editions, occurrences, tracks, trigrams, words
from recommender.domain.likeness import trigrams as trigrams_of
from recommender.domain.normalisation import normalise
from recommender.domain.ranking import prominence
from recommender.domain.song_words import words_of_song
from recommender.domain.spelling import spelling_key
from recommender.domain.track import Track

Rows = list[tuple[Any, ...]]


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
    edition = int(connection.execute(insert(editions).values(version=version)).lastrowid)
    connection.execute(insert(tracks), [{"edition": edition, **_song_row(song)} for song in songs])
    for table, rows in _index_rows(edition, songs).items():
        _insert(connection, table, rows)
    return edition


def remove_older_editions(connection: Connection, edition: int) -> None:
    """Remove all editions before this one."""
    for table in EDITION_TABLES:
        connection.execute(delete(table).where(table.c.edition < edition))
    connection.execute(delete(editions).where(editions.c.number < edition))


def _index_rows(edition: int, songs: Sequence[Track]) -> Mapping[Table, Rows]:
    """Return the rows of the index, by table, in the order of the primary key, which is the fastest order to insert."""
    holders = _holders(songs)
    known = sorted(holders)
    runs = sorted((run, number) for number, word in enumerate(known) for run in trigrams_of(word))
    return {
        words: [(edition, number, word, len(holders[word])) for number, word in enumerate(known)],
        trigrams: [(edition, *run) for run in runs],
        occurrences: [(edition, number, *held) for number, word in enumerate(known) for held in sorted(holders[word])],
    }


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows that hold the values of all columns. This takes half of the time of SQLAlchemy's own inserts."""
    connection.exec_driver_sql(str(insert(table).compile(connection.engine)), rows)


def _holders(songs: Sequence[Track]) -> Mapping[str, list[tuple[int, ...]]]:
    """Return the rows of the songs that hold each word."""
    holders: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for song in songs:
        found = words_of_song(song.artist, song.title)
        facts = (found.artist.letters, found.title.letters, prominence(song))
        number = song_number(song)
        for word in found.all:
            holders[word].append((number, word in found.artist.words, word in found.title.words, *facts))
    return holders


def _song_row(song: Track) -> dict[str, Any]:
    scores = song.blended
    return {
        **fact_row(song),
        "mood": scores.mood,
        "strength": max(scores),
        "artist_key": spelling_key(song.artist)[:KEY_LENGTH],
        "genre_key": normalise(song.genre or "")[:KEY_LENGTH] or None,
    }
