"""Columns for what people said of songs, for public ids, charts, several genres and marks; former ids of songs."""

import sqlalchemy as sa
from alembic import op

from recommender.catalogue.migrations.making import add, create, needed

revision = "0003"
down_revision = "0002"

_PEOPLE = ("people_angry", "people_sad", "people_happy", "people_relaxed")


def upgrade() -> None:
    for table in ("tracks", "additions"):
        add(table, *(sa.Column(name, sa.String(200)) for name in ("genres", "former_ids")))
        add(table, *(sa.Column(name, sa.String(16)) for name in ("deezer_id", "kind", "season", "harm")))
        add(table, *(sa.Column(name, sa.Integer) for name in ("chart_peak", "chart_weeks", "votes")))
        add(table, *(sa.Column(name, sa.Double) for name in _PEOPLE))
    add("tracks", sa.Column("genre_keys", sa.String(400)))
    op.execute("UPDATE additions SET genres = genre WHERE genres IS NULL")
    create("former_ids", *_former_ids(), sqlite_with_rowid=False)


def _former_ids() -> list[sa.Column[int]]:
    keys = [sa.Column("edition", sa.Integer, primary_key=True), sa.Column("number", sa.BigInteger, primary_key=True)]
    return [*keys, needed("track", sa.BigInteger)]
