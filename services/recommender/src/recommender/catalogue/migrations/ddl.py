"""Creates tables in migrations, except existing ones: MariaDB and MySQL cannot roll back an interrupted migration."""

from typing import Any

import sqlalchemy as sa
from alembic import op

# MariaDB and MySQL compare texts by bytes.
_OPTIONS: dict[str, Any] = {
    f"{server}_{option}": value
    for server in ("mariadb", "mysql")
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}


def create_table(name: str, *columns: sa.Column[Any], **options: Any) -> None:
    """Create a table unless it exists."""
    op.create_table(name, *columns, if_not_exists=True, **_OPTIONS, **options)


def required(name: str, kind: Any) -> sa.Column[Any]:
    """Return a column that cannot be NULL."""
    return sa.Column(name, kind, nullable=False)


def add_columns(table: str, *columns: sa.Column[Any]) -> None:
    """Add columns to a table, except existing ones."""
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)}
    for column in columns:
        if column.name not in known:
            op.add_column(table, column)
