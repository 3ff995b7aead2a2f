"""Migrations of the database, and databases of older and newer releases."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import write_transaction
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
from recommender.catalogue.migrating import NEWEST, TABLE, is_current, migrate
from recommender.catalogue.tables import EDITION_TABLES, additions, editions, leases, metadata
from recommender.domain.query import Query

WriteFacts = Callable[[list[dict[str, str]]], Path]


def test_migrations_create_the_schema_that_the_code_reads(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        migrate(connection)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert is_current(connection)


def test_the_code_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "recommender.catalogue:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    for _ in range(2):
        with write_transaction(engine) as connection:
            migrate(connection)
    with engine.connect() as connection:
        assert is_current(connection)


def test_a_database_of_the_previous_release_keeps_its_songs(engine: Engine, facts_file: Path) -> None:
    version = load(engine, FactsFile(facts_file)).version
    with write_transaction(engine) as connection:
        additions.drop(connection)
        leases.drop(connection)
        connection.exec_driver_sql(f"UPDATE {TABLE} SET version_num = '0001'")
    assert load(engine, FactsFile(facts_file)) == (version, None)
    with engine.connect() as connection:
        assert is_current(connection)


def test_a_database_without_the_columns_of_relevance_is_migrated_and_loaded_again(
    engine: Engine, facts_file: Path
) -> None:
    version = load(engine, FactsFile(facts_file)).version
    with write_transaction(engine) as connection:
        for name in ("in_artist", "in_title", "artist_letters", "title_letters", "prominence"):
            connection.exec_driver_sql(f"ALTER TABLE occurrences DROP COLUMN {name}")
        on_table = "" if engine.dialect.name == "sqlite" else " ON words"
        connection.exec_driver_sql(f"DROP INDEX ix_words_word{on_table}")
        connection.exec_driver_sql(f"UPDATE {TABLE} SET version_num = '0002'")
        connection.exec_driver_sql("UPDATE editions SET version = 'revision 1'")
    assert load(engine, FactsFile(facts_file)) == (version, 1000)
    first = Catalogue(engine, version).search(Query("artist 24 song 97"), None, 1)[0]
    assert (first.track.artist, first.track.title) == ("Artist 24", "Song 97")


def test_an_interrupted_migration_can_be_repeated(engine: Engine) -> None:
    with engine.begin() as connection:
        editions.create(connection)
        EDITION_TABLES[0].create(connection)
    with write_transaction(engine) as connection:
        migrate(connection)
    assert {table.name for table in metadata.sorted_tables} < set(inspect(engine).get_table_names())


def test_names_are_stored_and_compared_by_their_bytes(engine: Engine, facts_file: Path) -> None:
    load(engine, FactsFile(facts_file))
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite compares by bytes")
    with engine.connect() as connection:
        collations = connection.exec_driver_sql(
            "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_schema = DATABASE()"
            f" AND table_name <> '{TABLE}' AND collation_name IS NOT NULL"
        ).scalars()
        assert collations.all() == ["utf8mb4_bin"]


def test_tables_of_the_previous_release_remain(engine: Engine, facts_file: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE tracks_v1 (id VARCHAR(12) PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO tracks_v1 VALUES ('3f2a9c1b7d40')")
    load(engine, FactsFile(facts_file))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id FROM tracks_v1").scalars().all() == ["3f2a9c1b7d40"]


def test_a_newer_schema_is_refused_in_one_line(engine: Engine, facts_file: Path) -> None:
    load(engine, FactsFile(facts_file))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {TABLE} SET version_num = '9999'")
    with pytest.raises(CatalogueError, match=r"another version of MusicalFace: .*9999") as refused:
        load(engine, FactsFile(facts_file))
    assert "\n" not in str(refused.value)
