"""Songs by edition, and a trigram index over their words.

What is missing is made: MariaDB and MySQL cannot take back what an interrupted migration has made.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BY_BYTES: dict[str, Any] = {
    f"{server}_{option}": value
    for server in ("mariadb", "mysql")
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}


def upgrade() -> None:
    _create("editions", sa.Column("number", sa.Integer, primary_key=True), _needed("version", sa.String(12)))
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
        _needed("mood", sa.String(16)),
        _needed("strength", sa.Double),
        sa.Column("year", sa.Integer),
        sa.Column("language", sa.String(16)),
        sa.Column("explicit", sa.Boolean),
        sa.Column("tag_mood", sa.String(16)),
        sa.Column("listeners", sa.Integer),
        sa.Column("spotify_id", sa.String(22)),
        *(_needed(mood, sa.Double) for mood in ("angry", "sad", "happy", "relaxed")),
        sa.Column("genre_key", sa.String(400)),
        _needed("artist_key", sa.String(400)),
        _needed("artist", sa.String(200)),
        _needed("title", sa.String(300)),
        sa.Column("genre", sa.String(200)),
    ]


def _counted_word() -> list[sa.Column[Any]]:
    return [_needed("word", sa.String(64)), _needed("songs", sa.Integer)]


def _create_by_edition(name: str, *columns: sa.Column[Any]) -> None:
    _create(name, sa.Column("edition", sa.Integer, primary_key=True), *columns, sqlite_with_rowid=False)


def _create(name: str, *columns: sa.Column[Any], **layout: Any) -> None:
    op.create_table(name, *columns, if_not_exists=True, **_BY_BYTES, **layout)


def _create_index(name: str, *columns: str) -> None:
    known = {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("tracks")}
    if name not in known:  # MySQL cannot say so in SQL
        op.create_index(name, "tracks", ["edition", *columns])


def _pair(*columns: tuple[str, Any]) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, primary_key=True) for name, kind in columns]


def _needed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)
