"""Tables for songs by edition, and for a trigram index over their words."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from recommender.catalogue.migrations.making import create, needed

revision = "0001"
down_revision = None


def upgrade() -> None:
    create("editions", sa.Column("number", sa.Integer, primary_key=True), needed("version", sa.String(12)))
    _create_by_edition("tracks", sa.Column("number", sa.BigInteger, primary_key=True), *_facts())
    _create_by_edition("words", sa.Column("number", sa.Integer, primary_key=True), *_counted_word())
    _create_by_edition("trigrams", *_pair(("trigram", sa.BigInteger), ("word", sa.Integer)))
    _create_by_edition("occurrences", *_pair(("word", sa.Integer), ("track", sa.BigInteger)))
    _create_index("ix_tracks_mood_strength", "mood", "strength")
    _create_index("ix_tracks_artist", "artist_key")
    _create_index("ix_tracks_genre", "genre_key")
    _create_index("ix_tracks_language", "language")


def _facts() -> list[sa.Column[Any]]:
    return [
        needed("mood", sa.String(16)),
        needed("strength", sa.Double),
        sa.Column("year", sa.Integer),
        sa.Column("language", sa.String(16)),
        sa.Column("explicit", sa.Boolean),
        sa.Column("tag_mood", sa.String(16)),
        sa.Column("listeners", sa.Integer),
        sa.Column("spotify_id", sa.String(22)),
        *(needed(mood, sa.Double) for mood in ("angry", "sad", "happy", "relaxed")),
        sa.Column("genre_key", sa.String(400)),
        needed("artist_key", sa.String(400)),
        needed("artist", sa.String(200)),
        needed("title", sa.String(300)),
        sa.Column("genre", sa.String(200)),
    ]


def _counted_word() -> list[sa.Column[Any]]:
    return [needed("word", sa.String(64)), needed("songs", sa.Integer)]


def _create_by_edition(name: str, *columns: sa.Column[Any]) -> None:
    create(name, sa.Column("edition", sa.Integer, primary_key=True), *columns, sqlite_with_rowid=False)


def _create_index(name: str, *columns: str) -> None:
    known = {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("tracks")}
    if name not in known:  # MySQL has no IF NOT EXISTS for an index
        op.create_index(name, "tracks", ["edition", *columns])


def _pair(*columns: tuple[str, Any]) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, primary_key=True) for name, kind in columns]
