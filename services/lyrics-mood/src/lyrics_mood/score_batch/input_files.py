"""CSV and Parquet files of songs, read a bounded number of rows at a time and cut into parts."""

import csv
import gzip
import hashlib
import lzma
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from lyrics_mood.score_batch import ScoreBatchError
from lyrics_mood.score_batch.parts import LYRICS, Part, digest

# Allowed names of each column, the preferred one first. All columns except the lyrics are copied to the output.
COLUMNS = {"id": ("id", "key"), "artist": ("artist",), "title": ("title", "song"), LYRICS: ("lyrics", "text")}
ENCODING = "utf-8-sig"
SUFFIXES = (".csv", ".csv.gz", ".csv.xz", ".parquet")
_UNREADABLE = (OSError, EOFError, UnicodeError, csv.Error, lzma.LZMAError, zlib.error, pa.ArrowException)


@dataclass(frozen=True)
class InputFile:
    """A CSV or Parquet file, cut into parts of `rows` rows. `version` identifies the model and code that score it."""

    path: Path
    rows: int
    version: str

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the file in their order. Raises ScoreBatchError if it cannot be read."""
        for number, table in enumerate(read_tables(self.path, self.rows)):
            yield Part(f"{self.path.name}-{number:05d}", self._key, table)

    @cached_property
    def _key(self) -> str:
        with self.path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        return digest(self.version, content, str(self.rows))


def find_files(source: Path) -> list[Path]:
    """Return a file itself, or a folder's input files, sorted by name. Raises ScoreBatchError if there are none."""
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    found = [path for path in files if path.is_file() and path.name.endswith(SUFFIXES)]
    if not found:
        raise ScoreBatchError(f"{source} is not a file that ends in {', '.join(SUFFIXES)}, or a folder with such files")
    return found


def read_tables(path: Path, rows: int) -> Iterator[pa.Table]:
    """Yield the rows of a file in tables of up to `rows` rows, with the columns of COLUMNS that the file has.

    Raises ScoreBatchError if the file cannot be read, has no lyrics column, or has none of id, artist and title.
    """
    try:
        yield from _parquet_tables(path, rows) if path.suffix == ".parquet" else _csv_tables(path, rows)
    except _UNREADABLE as error:
        raise ScoreBatchError(f"{path} cannot be read: {error}") from error


def _parquet_tables(path: Path, rows: int) -> Iterator[pa.Table]:
    with pq.ParquetFile(path) as file:
        found = _find_columns(path, file.schema_arrow.names)
        for batch in file.iter_batches(rows, columns=list(found.values())):
            table = pa.Table.from_batches([batch]).select(list(found.values())).rename_columns(list(found))
            yield table.set_column(table.column_names.index(LYRICS), LYRICS, table[LYRICS].cast(pa.string()))


def _csv_tables(path: Path, rows: int) -> Iterator[pa.Table]:
    csv.field_size_limit(sys.maxsize)
    with _open(path) as file:
        lines = csv.reader(file)
        header = next(lines, [])
        found = _find_columns(path, header)
        positions = {wanted: header.index(name) for wanted, name in found.items()}
        while chunk := list(islice(lines, rows)):
            yield pa.table({wanted: _column(chunk, position) for wanted, position in positions.items()})


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding=ENCODING, newline="")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding=ENCODING, newline="")
    return path.open(encoding=ENCODING, newline="")


def _column(lines: Sequence[Sequence[str]], position: int) -> pa.Array:
    """Return the value at a position of each line, or an empty text if the line is too short."""
    return pa.array([line[position] if position < len(line) else "" for line in lines], pa.string())


def _find_columns(path: Path, header: Sequence[str]) -> Mapping[str, str]:
    """Map each column of COLUMNS that the file has to its name in the file.

    Raises ScoreBatchError if the file has no lyrics, or none of id, artist and title.
    """
    names = {name.strip().casefold(): name for name in reversed(header)}
    found = {wanted: names[name] for wanted, allowed in COLUMNS.items() for name in allowed[::-1] if name in names}
    if LYRICS not in found:
        raise ScoreBatchError(
            f"{path} lacks a column {' or '.join(COLUMNS[LYRICS])}; it has {', '.join(header) or 'none'}"
        )
    if len(found) == 1:
        raise ScoreBatchError(f"{path} lacks a column that names its songs: id, artist or title")
    return found
