"""CSV files of data sets: found, checked for their columns, and read as text."""

import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from musicalface_training.errors import DatasetError

# The errors of pandas and its decompressors on broken files; pandas' own are subclasses of ValueError.
UNREADABLE = (OSError, ValueError, EOFError, ImportError, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)

Columns = Mapping[str, tuple[str, ...]]


def find_table(data: Path, folder: str, name: str) -> Path:
    """Return the path of a file in `data/folder` or in `data`. Raises DatasetError that names both places."""
    for path in (data / folder / name, data / name):
        if path.is_file():
            return path
    raise DatasetError(f"no {name} in {data / folder} or {data}")


def read_table(path: Path, columns: Columns) -> pd.DataFrame:
    """Read a CSV file, plain or compressed: every value as text, "" for a missing value.

    `columns` maps each wanted name to the names that the file may use for it; the table has the wanted names. Raises
    DatasetError if the file cannot be read, lacks a column, has a column twice, or has no rows.
    """
    table = _read(path)
    table.columns = table.columns.str.strip().str.lower()
    found = {wanted: _first(names, table) for wanted, names in columns.items()}
    if not table.columns.is_unique:
        raise DatasetError(f"{path} has a column twice; it has {', '.join(table.columns)}")
    missing = ["/".join(columns[wanted]) for wanted, name in found.items() if name is None]
    if missing:
        raise DatasetError(f"{path} lacks the columns {', '.join(missing)}; it has {', '.join(table.columns)}")
    if table.empty:
        raise DatasetError(f"{path} has no rows")
    return table.rename(columns={name: wanted for wanted, name in found.items() if name})


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UNREADABLE as error:
        raise DatasetError(f"{path} cannot be read as a CSV file: {error}") from error


def _first(names: tuple[str, ...], table: pd.DataFrame) -> str | None:
    return next((name for name in names if name in table.columns), None)
