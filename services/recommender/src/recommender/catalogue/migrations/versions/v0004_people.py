"""Columns for what people said of songs, for public ids, charts, several genres and marks; former ids of songs."""

import sqlalchemy as sa
from alembic import op

from recommender.catalogue.migrations.ddl import add_columns, create_table, required

revision = "0004"
down_revision = "0003"

_PEOPLE = ("people_angry", "people_sad", "people_happy", "people_relaxed")


def upgrade() -> None:
    for table in ("tracks", "additions"):
        add_columns(table, *(sa.Column(name, sa.String(200)) for name in ("genres", "former_ids")))
        add_columns(table, *(sa.Column(name, sa.String(16)) for name in ("deezer_id", "kind", "season", "harm")))
        add_columns(table, *(sa.Column(name, sa.Integer) for name in ("chart_peak", "chart_weeks", "votes")))
        add_columns(table, *(sa.Column(name, sa.Double) for name in _PEOPLE))
    add_columns("tracks", sa.Column("genre_keys", sa.String(400)))
    op.execute("UPDATE additions SET genres = genre WHERE genres IS NULL")
    create_table("former_ids", *_former_ids(), sqlite_with_rowid=False)


def _former_ids() -> list[sa.Column[int]]:
    keys = [sa.Column("edition", sa.Integer, primary_key=True), sa.Column("number", sa.BigInteger, primary_key=True)]
    return [*keys, required("track", sa.BigInteger)]
