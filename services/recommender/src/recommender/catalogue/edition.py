"""Editions: each load of the catalogue stores all its rows as a new edition. A reader reads one edition only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from recommender.domain.normalisation import normalise
from recommender.domain.ranking import prominence
from recommender.domain.similarity import trigrams_of
from recommender.domain.song_words import words_of_song
from recommender.domain.spelling import spelling_key
from recommender.domain.track import Track

Rows = list[tuple[Any, ...]]


class Edition(NamedTuple):
    """The number of an edition, and the version of its songs."""

    number: int
    version: str


def current_edition(connection: Connection) -> Edition | None:
    """Return the newest edition, which readers use, or None if no catalogue has been loaded."""
    row = connection.execute(select(editions).order_by(editions.c.number.desc()).limit(1)).first()
    return Edition(row.number, row.version) if row else None


def store_edition(connection: Connection, songs: Sequence[Track], version: str) -> int:
    """Store songs as a new edition and return its number. Readers use it as soon as the transaction commits."""
    edition = int(connection.execute(insert(editions).values(version=version)).lastrowid)
    connection.execute(insert(tracks), [{"edition": edition, **_song_row(song)} for song in songs])
    for table, rows in _index_rows(edition, songs).items():
        _insert(connection, table, rows)
    return edition


def remove_older_editions(connection: Connection, edition: int) -> None:
    """Delete all editions before this one."""
    for table in EDITION_TABLES:
        connection.execute(delete(table).where(table.c.edition < edition))
    connection.execute(delete(editions).where(editions.c.number < edition))


def _index_rows(edition: int, songs: Sequence[Track]) -> Mapping[Table, Rows]:
    """Return the rows of the other tables, sorted by primary key: this is the fastest order to insert them."""
    by_word = _occurrences_by_word(songs)
    known = sorted(by_word)
    pairs = sorted((trigram, number) for number, word in enumerate(known) for trigram in trigrams_of(word))
    return {
        words: [(edition, number, word, len(by_word[word])) for number, word in enumerate(known)],
        trigrams: [(edition, *pair) for pair in pairs],
        occurrences: [(edition, number, *each) for number, word in enumerate(known) for each in sorted(by_word[word])],
        former_ids: sorted(
            (edition, int(former, 16), song_number(song)) for song in songs for former in song.former_ids
        ),
    }


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows with the values of all columns, in half of the time that SQLAlchemy takes for dictionaries."""
    if rows:
        connection.exec_driver_sql(str(insert(table).compile(connection.engine)), rows)


def _occurrences_by_word(songs: Sequence[Track]) -> Mapping[str, list[tuple[int, ...]]]:
    """Return, for each word, a row for each song whose artist or title contains it."""
    by_word: defaultdict[str, list[tuple[int, ...]]] = defaultdict(list)
    for song in songs:
        found = words_of_song(song.artist, song.title)
        facts = (found.artist.letters, found.title.letters, prominence(song))
        number = song_number(song)
        for word in found.all:
            by_word[word].append((number, word in found.artist.words, word in found.title.words, *facts))
    return by_word


def _song_row(song: Track) -> dict[str, Any]:
    belief = song.belief
    return {
        **fact_row(song),
        "mood": belief.mood if belief else "",
        "strength": max(belief) if belief else 0.0,
        "artist_key": spelling_key(song.artist)[:KEY_LENGTH],
        "genre_key": normalise(song.genre or "")[:KEY_LENGTH] or None,
        "genre_keys": genre_keys(song.genres) or None,
    }
