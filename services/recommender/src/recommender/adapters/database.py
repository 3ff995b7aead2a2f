"""The catalogue's tables, in SQL that SQLite, MariaDB and MySQL share, and the engine that reaches them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    make_url,
)

BUSY_SECONDS = 30

metadata = MetaData()

# A changed layout gets new names: the old tables stay for the processes that still read them.
tracks = Table(
    "tracks_v1",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("artist", String(200), nullable=False),
    Column("title", String(300), nullable=False),
    Column("year", Integer),
    Column("genre", String(200)),
    Column("language", String(16)),
    Column("spotify_id", String(22)),
    Column("angry", Float, nullable=False),
    Column("sad", Float, nullable=False),
    Column("happy", Float, nullable=False),
    Column("relaxed", Float, nullable=False),
    Column("mood", String(16), nullable=False),
    Column("strength", Float, nullable=False),
    Column("artist_key", String(400), nullable=False, index=True),
    Column("genre_key", String(400)),
    Column("search", Text, nullable=False),
    Index("ix_tracks_v1_mood_strength", "mood", "strength"),
)
catalogue = Table("catalogue_v1", metadata, Column("version", String(12), primary_key=True))


@contextmanager
def open_engine(url: str) -> Iterator[Engine]:
    """Open a database; the folder of a SQLite file is made. Raises OSError where it cannot be."""
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = _sqlite_engine(url) if is_sqlite else create_engine(url, pool_pre_ping=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    if file := make_url(url).database:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that will write: on SQLite it waits for other writers before it starts."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def _leave_transactions_to_us(connection: Any, _: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
