"""How migrations make tables: only those that are missing, since servers cannot take back what was interrupted."""

from typing import Any

import sqlalchemy as sa
from alembic import op

# Servers compare names by their bytes.
_BY_BYTES: dict[str, Any] = {
    f"{server}_{option}": value
    for server in ("mariadb", "mysql")
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}


def create(name: str, *columns: sa.Column[Any], **layout: Any) -> None:
    """Make a table unless it is there."""
    op.create_table(name, *columns, if_not_exists=True, **_BY_BYTES, **layout)


def needed(name: str, kind: Any) -> sa.Column[Any]:
    """Return a column that is never NULL."""
    return sa.Column(name, kind, nullable=False)
