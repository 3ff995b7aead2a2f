"""Opens the database by its URL: SQLite, MariaDB or MySQL."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, func, make_url, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.tables import SERVERS

VARIABLE = "RECOMMENDER_DATABASE_URL"
CONNECT_SECONDS = 3
QUERY_SECONDS = 30
# For a probe of the database, which must notice soon that no answer comes.
PROBE_SECONDS = 2
LOCK_SECONDS, LOCK_TRIES = 10, 12


@contextmanager
def open_engine(url: str) -> Iterator[Engine]:
    """Open a database; create the folder of a SQLite file. Raises CatalogueError if the database cannot be opened."""
    engine = _engine(_parsed(url), QUERY_SECONDS, pool_pre_ping=True)
    try:
        yield engine
    finally:
        engine.dispose()


def probing_engine(url: str) -> Engine:
    """Return an engine that connects anew for each call, and fails within 2 s. It need not be closed."""
    return _engine(_parsed(url), PROBE_SECONDS, poolclass=NullPool)


@contextmanager
def translated_errors(engine: Engine) -> Iterator[None]:
    """Turn a database error of the block into CatalogueError. The message contains no password and no rows."""
    try:
        yield
    except SQLAlchemyError as error:
        database = engine.url.render_as_string(hide_password=True)
        reason = error.orig.args[-1] if isinstance(error, DBAPIError) and error.orig and error.orig.args else error
        raise CatalogueError(f"the database {database} fails: {' '.join(str(reason).split())}") from error


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """Run the block in a write transaction. Other writers wait until it ends.

    On MariaDB and MySQL it raises CatalogueError after a wait of 120 s.
    """
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name in SERVERS:
            _lock(connection)
        yield connection


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except SQLAlchemyError as error:
        raise CatalogueError(
            f"the database URL ({VARIABLE}) is invalid; an example is sqlite:///catalogue.db"
        ) from error
    if parsed.get_backend_name() not in ("sqlite", *SERVERS):
        raise CatalogueError(f"the database ({VARIABLE}) must be sqlite://, mariadb+pymysql:// or mysql+pymysql://")
    return parsed


def _engine(url: URL, seconds: int, **options: Any) -> Engine:
    make = _sqlite_engine if url.get_backend_name() == "sqlite" else _server_engine
    try:
        return make(url, seconds, options)
    except (ImportError, OSError, SQLAlchemyError) as error:
        database = url.render_as_string(hide_password=True)
        raise CatalogueError(f"the database {database} cannot be opened: {error}") from error


def _server_engine(url: URL, seconds: int, options: Mapping[str, Any]) -> Engine:
    limits = {"connect_timeout": min(CONNECT_SECONDS, seconds), "read_timeout": seconds, "write_timeout": seconds}
    # `format`: parameters by position, as in SQLite.
    return create_engine(url, paramstyle="format", connect_args={"charset": "utf8mb4", **limits}, **options)


def _lock(connection: Connection) -> None:
    """Take a named lock until the connection closes: on MariaDB and MySQL, a schema change ends the transaction."""
    connection.detach()
    name = func.concat("musicalface.", func.left(func.database(), 48))
    for _ in range(LOCK_TRIES):
        if connection.scalar(select(func.get_lock(name, LOCK_SECONDS))):
            return
    raise CatalogueError("another process has been loading the catalogue for too long")


def _sqlite_engine(url: URL, seconds: int, options: Mapping[str, Any]) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": seconds}, **options)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver begins no transaction: `_begin` does
    connection.execute("PRAGMA cache_spill = OFF")  # so that a long write blocks readers only when it commits


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
