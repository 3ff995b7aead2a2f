"""Tables for the songs that a refresh adds, and for leases."""

from typing import Any

import sqlalchemy as sa

from recommender.catalogue.migrations.making import create, needed

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    number = sa.Column("number", sa.BigInteger, primary_key=True)
    create("additions", number, *_facts(), *_origin(), sqlite_with_rowid=False)
    create("leases", sa.Column("name", sa.String(32), primary_key=True), *_term(), sqlite_with_rowid=False)


def _facts() -> list[sa.Column[Any]]:
    return [
        needed("artist", sa.String(200)),
        needed("title", sa.String(300)),
        sa.Column("year", sa.Integer),
        sa.Column("genre", sa.String(200)),
        sa.Column("language", sa.String(16)),
        sa.Column("explicit", sa.Boolean),
        sa.Column("spotify_id", sa.String(22)),
        sa.Column("tag_mood", sa.String(16)),
        sa.Column("listeners", sa.Integer),
        *(needed(mood, sa.Double) for mood in ("angry", "sad", "happy", "relaxed")),
    ]


def _origin() -> list[sa.Column[Any]]:
    return [needed("source", sa.String(200)), needed("added", sa.Date)]


def _term() -> list[sa.Column[Any]]:
    return [needed("holder", sa.String(64)), needed("since", sa.DateTime), needed("until", sa.DateTime)]
