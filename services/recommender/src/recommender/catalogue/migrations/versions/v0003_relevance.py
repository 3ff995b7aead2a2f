"""Columns by which a search sorts the songs that contain a word, and an index of the words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    inspector = sa.inspect(op.get_bind())
    known = {column["name"] for column in inspector.get_columns("occurrences")}
    for name in ("in_artist", "in_title", "artist_letters", "title_letters", "prominence"):
        if name not in known:
            op.add_column("occurrences", sa.Column(name, sa.SmallInteger, nullable=False, server_default="0"))
    if "ix_words_word" not in {index["name"] for index in inspector.get_indexes("words")}:
        op.create_index("ix_words_word", "words", ["word"])
