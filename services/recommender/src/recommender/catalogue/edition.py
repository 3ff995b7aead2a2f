"""Editions: each load of the catalogue stores all its rows as a new edition. A reader reads one edition only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select

from recommender.catalogue.rows import fact_row, song_number
from recommender.catalogue.tables import EDITION_TABLES, KEY_LENGTH, editions, occurrences, tracks, trigrams, words
from recommender.domain.normalisation import artist_key, normalise
from recommender.domain.similarity import trigrams_of, words_of
from recommender.domain.track import Track

Rows = Iterable[dict[str, Any]]


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
    edition = connection.execute(insert(editions).values(version=version)).lastrowid
    for table, rows in _edition_rows(songs).items():
        connection.execute(insert(table), [{"edition": edition, **row} for row in rows])
    return int(edition)


def remove_older_editions(connection: Connection, edition: int) -> None:
    """Delete all editions before this one."""
    for table in EDITION_TABLES:
        connection.execute(delete(table).where(table.c.edition < edition))
    connection.execute(delete(editions).where(editions.c.number < edition))


def _edition_rows(songs: Sequence[Track]) -> Mapping[Table, Rows]:
    """Return the rows of each table, sorted by primary key: this is the fastest order to insert them."""
    songs_by_word = _songs_by_word(songs)
    known = sorted(songs_by_word)
    pairs = sorted((trigram, number) for number, word in enumerate(known) for trigram in trigrams_of(word))
    return {
        tracks: map(_song_row, songs),
        words: (
            {"number": number, "word": word, "songs": len(songs_by_word[word])} for number, word in enumerate(known)
        ),
        trigrams: ({"trigram": trigram, "word": number} for trigram, number in pairs),
        occurrences: _occurrence_rows(known, songs_by_word),
    }


def _songs_by_word(songs: Sequence[Track]) -> Mapping[str, list[int]]:
    """Return, for each word, the numbers of the songs whose artist or title contains it."""
    songs_by_word: defaultdict[str, list[int]] = defaultdict(list)
    for song in songs:
        for word in words_of(f"{song.artist} {song.title}"):
            songs_by_word[word].append(song_number(song))
    return songs_by_word


def _occurrence_rows(known: Sequence[str], songs_by_word: Mapping[str, list[int]]) -> Iterator[dict[str, int]]:
    for number, word in enumerate(known):
        for track in sorted(songs_by_word[word]):
            yield {"word": number, "track": track}


def _song_row(song: Track) -> dict[str, Any]:
    scores = song.blended
    return {
        **fact_row(song),
        "mood": scores.mood,
        "strength": max(scores),
        "artist_key": artist_key(song.artist)[:KEY_LENGTH],
        "genre_key": normalise(song.genre or "")[:KEY_LENGTH] or None,
    }
