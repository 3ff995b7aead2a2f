"""The catalogue's tables, for SQLite, MariaDB and MySQL. The migrations create them."""

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

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.facts import FACTS, Fact

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


class _MoodType(TypeDecorator[Mood]):
    """A mood, stored by its name."""

    impl = String(16)
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mood | None:
        return Mood(value) if value else None


def _fact_columns() -> list[Column[Any]]:
    facts = [Column(fact.name, _sql_type(fact), nullable=fact.optional) for fact in FACTS]
    return [*facts, *(Column(mood.value, Double, nullable=False) for mood in MOODS)]


def _sql_type(fact: Fact) -> Any:
    return String(fact.length) if fact.length else {int: Integer, bool: Boolean, Mood: _MoodType}[fact.kind]


# Each load adds an edition and its rows. The edition with the highest number is the current one.
editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", String(12), nullable=False),
    **(_OPTIONS | {"sqlite_with_rowid": True}),
)
# `number` is the song's id as an integer. Both sort in the same order.
tracks = Table(
    "tracks",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("mood", String(16), nullable=False),
    Column("strength", Double, nullable=False),
    Column("genre_key", String(KEY_LENGTH)),
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
EDITION_TABLES = (tracks, words, trigrams, occurrences)

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
