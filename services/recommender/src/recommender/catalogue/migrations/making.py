"""Creates tables for migrations. Tables that exist are skipped: servers cannot roll back an interrupted migration."""

from typing import Any

import sqlalchemy as sa
from alembic import op

# Servers compare names by bytes.
_BY_BYTES: dict[str, Any] = {
    f"{server}_{option}": value
    for server in ("mariadb", "mysql")
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}


def create(name: str, *columns: sa.Column[Any], **options: Any) -> None:
    """Create a table unless it exists."""
    op.create_table(name, *columns, if_not_exists=True, **_BY_BYTES, **options)


def needed(name: str, kind: Any) -> sa.Column[Any]:
    """Return a column that cannot be NULL."""
    return sa.Column(name, kind, nullable=False)


def add(table: str, *columns: sa.Column[Any]) -> None:
    """Add columns to a table, except those that it has."""
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}
    for column in columns:
        if column.name not in known:
            op.add_column(table, column)
