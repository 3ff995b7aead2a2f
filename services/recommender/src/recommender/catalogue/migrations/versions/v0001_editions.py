"""Adds the tables for songs by edition, and for a trigram index over the songs' words."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from recommender.catalogue.migrations.ddl import create_table, required

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_table("editions", sa.Column("number", sa.Integer, primary_key=True), required("version", sa.String(12)))
    _create_edition_table("tracks", sa.Column("number", sa.BigInteger, primary_key=True), *_fact_columns())
    _create_edition_table("words", sa.Column("number", sa.Integer, primary_key=True), *_word_columns())
    _create_edition_table("trigrams", *_key_columns(("trigram", sa.BigInteger), ("word", sa.Integer)))
    _create_edition_table("occurrences", *_key_columns(("word", sa.Integer), ("track", sa.BigInteger)))
    _create_index("ix_tracks_mood_strength", "mood", "strength")
    _create_index("ix_tracks_artist", "artist_key")
    _create_index("ix_tracks_genre", "genre_key")
    _create_index("ix_tracks_language", "language")


def _fact_columns() -> list[sa.Column[Any]]:
    return [
        required("mood", sa.String(16)),
        required("strength", sa.Double),
        sa.Column("year", sa.Integer),
        sa.Column("language", sa.String(16)),
        sa.Column("explicit", sa.Boolean),
        sa.Column("tag_mood", sa.String(16)),
        sa.Column("listeners", sa.Integer),
        sa.Column("spotify_id", sa.String(22)),
        *(required(mood, sa.Double) for mood in ("angry", "sad", "happy", "relaxed")),
        sa.Column("genre_key", sa.String(400)),
        required("artist_key", sa.String(400)),
        required("artist", sa.String(200)),
        required("title", sa.String(300)),
        sa.Column("genre", sa.String(200)),
    ]


def _word_columns() -> list[sa.Column[Any]]:
    return [required("word", sa.String(64)), required("songs", sa.Integer)]


def _create_edition_table(name: str, *columns: sa.Column[Any]) -> None:
    create_table(name, sa.Column("edition", sa.Integer, primary_key=True), *columns, sqlite_with_rowid=False)


def _create_index(name: str, *columns: str) -> None:
    known = {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("tracks")}
    if name not in known:  # MySQL has no IF NOT EXISTS for an index
        op.create_index(name, "tracks", ["edition", *columns])


def _key_columns(*columns: tuple[str, Any]) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, primary_key=True) for name, kind in columns]
