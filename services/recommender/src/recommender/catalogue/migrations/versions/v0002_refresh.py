"""Adds the tables for songs that a refresh adds, and for leases."""

from typing import Any

import sqlalchemy as sa

from recommender.catalogue.migrations.ddl import create_table, required

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    number = sa.Column("number", sa.BigInteger, primary_key=True)
    create_table("additions", number, *_fact_columns(), *_source_columns(), sqlite_with_rowid=False)
    create_table(
        "leases", sa.Column("name", sa.String(32), primary_key=True), *_term_columns(), sqlite_with_rowid=False
    )


def _fact_columns() -> list[sa.Column[Any]]:
    return [
        required("artist", sa.String(200)),
        required("title", sa.String(300)),
        sa.Column("year", sa.Integer),
        sa.Column("genre", sa.String(200)),
        sa.Column("language", sa.String(16)),
        sa.Column("explicit", sa.Boolean),
        sa.Column("spotify_id", sa.String(22)),
        sa.Column("tag_mood", sa.String(16)),
        sa.Column("listeners", sa.Integer),
        *(required(mood, sa.Double) for mood in ("angry", "sad", "happy", "relaxed")),
    ]


def _source_columns() -> list[sa.Column[Any]]:
    return [required("source", sa.String(200)), required("added", sa.Date)]


def _term_columns() -> list[sa.Column[Any]]:
    return [required("holder", sa.String(64)), required("since", sa.DateTime), required("until", sa.DateTime)]
