"""The catalogue's tables, in SQL that SQLite, MariaDB and MySQL share. Migrations make them."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    select,
)

SERVERS = ("mariadb", "mysql")

# Names may grow when they are normalised. Servers index no longer ones.
KEY_LENGTH = 400

metadata = MetaData()

# Rows lie in the order of the primary key, so that it answers alone. Servers compare names by their bytes.
_LAYOUT: dict[str, Any] = {"sqlite_with_rowid": False} | {
    f"{server}_{option}": value
    for server in SERVERS
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}

# Each load is an edition of its own rows. The highest number is the current one.
editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", String(12), nullable=False),
    **(_LAYOUT | {"sqlite_with_rowid": True}),
)
# `number` is the song's id read as a number: both have the same order.
tracks = Table(
    "tracks",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("mood", String(16), nullable=False),
    Column("strength", Double, nullable=False),
    Column("year", Integer),
    Column("language", String(16)),
    Column("explicit", Boolean),
    Column("tag_mood", String(16)),
    Column("listeners", Integer),
    Column("spotify_id", String(22)),
    Column("angry", Double, nullable=False),
    Column("sad", Double, nullable=False),
    Column("happy", Double, nullable=False),
    Column("relaxed", Double, nullable=False),
    Column("genre_key", String(KEY_LENGTH)),
    Column("artist_key", String(KEY_LENGTH), nullable=False),
    Column("artist", String(200), nullable=False),
    Column("title", String(300), nullable=False),
    Column("genre", String(200)),
    Index("ix_tracks_mood_strength", "edition", "mood", "strength"),
    Index("ix_tracks_artist", "edition", "artist_key"),
    Index("ix_tracks_genre", "edition", "genre_key"),
    Index("ix_tracks_language", "edition", "language"),
    **_LAYOUT,
)
words = Table(
    "words",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("word", String(64), nullable=False),
    Column("songs", Integer, nullable=False),
    **_LAYOUT,
)
trigrams = Table(
    "trigrams",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("trigram", BigInteger, primary_key=True),
    Column("word", Integer, primary_key=True),
    **_LAYOUT,
)
occurrences = Table(
    "occurrences",
    metadata,
    Column("edition", Integer, primary_key=True),
    Column("word", Integer, primary_key=True),
    Column("track", BigInteger, primary_key=True),
    **_LAYOUT,
)
EDITION_TABLES = (tracks, words, trigrams, occurrences)

# Songs that are not of the facts file: they outlive it, and go into every edition that does not know them.
additions = Table(
    "additions",
    metadata,
    Column("number", BigInteger, primary_key=True),
    Column("artist", String(200), nullable=False),
    Column("title", String(300), nullable=False),
    Column("year", Integer),
    Column("genre", String(200)),
    Column("language", String(16)),
    Column("explicit", Boolean),
    Column("spotify_id", String(22)),
    Column("tag_mood", String(16)),
    Column("listeners", Integer),
    Column("angry", Double, nullable=False),
    Column("sad", Double, nullable=False),
    Column("happy", Double, nullable=False),
    Column("relaxed", Double, nullable=False),
    Column("source", String(200), nullable=False),
    Column("added", Date, nullable=False),
    **_LAYOUT,
)
# Who may do what one process alone may do at a time, and until when. Times are UTC.
leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("since", DateTime, nullable=False),
    Column("until", DateTime, nullable=False),
    **_LAYOUT,
)


def current_edition(connection: Connection) -> tuple[int, str] | None:
    """Return number and version of the edition to read, or None where nothing has been loaded."""
    row = connection.execute(select(editions).order_by(editions.c.number.desc()).limit(1)).first()
    return (row.number, row.version) if row else None
