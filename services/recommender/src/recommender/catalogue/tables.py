"""The catalogue's tables, for SQLite, MariaDB and MySQL. The migrations create them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
)

from recommender.domain.facts import FACTS, SCORE_FACTS, Fact, join_names, split_names

SERVERS = ("mariadb", "mysql")

# Normalising can make a name longer. MariaDB and MySQL cannot index longer columns.
KEY_LENGTH = 400

metadata = MetaData()

# Rows are stored in the order of the primary key, so that one look-up finds the row. All databases compare texts by
# bytes.
_OPTIONS: dict[str, Any] = {"sqlite_with_rowid": False} | {
    f"{server}_{option}": value
    for server in SERVERS
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}


class _WordType(TypeDecorator[StrEnum]):
    """A word of a vocabulary, stored as text."""

    impl = String(16)
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return self.vocabulary(value) if value else None


class _NamesType(TypeDecorator[tuple[str, ...]]):
    """Several names, stored as one text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return join_names(value) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return split_names(value or "")


def _fact_columns() -> list[Column[Any]]:
    facts = [Column(fact.name, _sql_type(fact), nullable=fact.optional) for fact in FACTS]
    scores = [Column(name, Double, nullable=fact.name != "scores") for fact in SCORE_FACTS for name in fact.columns]
    main_genre = Column("genre", String(200))  # read by processes that know of one genre a song
    return [*facts, main_genre, *scores]


def _sql_type(fact: Fact) -> Any:
    if issubclass(fact.kind, StrEnum):
        return _WordType(fact.kind)
    if fact.kind is tuple:
        return _NamesType(fact.length)
    return String(fact.length) if fact.length else {int: Integer, bool: Boolean}[fact.kind]


# Each load adds an edition and its rows. The edition with the highest number is the current one.
editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", String(12), nullable=False),
    **(_OPTIONS | {"sqlite_with_rowid": True}),
)
# `number` is the song's id as an integer. Both sort in the same order. `mood` is empty for a song without a mood.
tracks = Table(
    "tracks",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("mood", String(16), nullable=False),
    Column("strength", Double, nullable=False),
    Column("genre_key", String(KEY_LENGTH)),  # of the main genre, as `genre`
    Column("genre_keys", String(KEY_LENGTH)),
    Column("artist_key", String(KEY_LENGTH), nullable=False),
    *_fact_columns(),
    Index("ix_tracks_mood_strength", "edition", "mood", "strength"),
    Index("ix_tracks_artist", "edition", "artist_key"),
    Index("ix_tracks_genre", "edition", "genre_key"),
    Index("ix_tracks_language", "edition", "language"),
    **_OPTIONS,
)
words = Table(
    "words",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("word", String(64), nullable=False),
    Column("songs", Integer, nullable=False),
    Index("ix_words_word", "word"),
    **_OPTIONS,
)
trigrams = Table(
    "trigrams",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("trigram", BigInteger, primary_key=True),
    Column("word", Integer, primary_key=True),
    **_OPTIONS,
)
# The songs that contain a word, and whether it is in the artist's name or in the title. The last three columns describe
# the song: a search sorts by them, and reads them with the same look-up.
occurrences = Table(
    "occurrences",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("word", Integer, primary_key=True),
    Column("track", BigInteger, primary_key=True),
    *(
        Column(name, SmallInteger, nullable=False, server_default="0")
        for name in ("in_artist", "in_title", "artist_letters", "title_letters", "prominence")
    ),
    **_OPTIONS,
)
# The songs that had another id before, by that id.
former_ids = Table(
    "former_ids",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("track", BigInteger, nullable=False),
    **_OPTIONS,
)
EDITION_TABLES = (tracks, words, trigrams, occurrences, former_ids)

# Songs that a refresh added to those of the facts file. They remain when another facts file is loaded.
additions = Table(
    "additions",
    metadata,
    Column("number", BigInteger, primary_key=True),
    *_fact_columns(),
    Column("source", String(200), nullable=False),
    Column("added", Date, nullable=False),
    **_OPTIONS,
)
# Who holds a lease, and until when. Times are UTC.
leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("since", DateTime, nullable=False),
    Column("until", DateTime, nullable=False),
    **_OPTIONS,
)
