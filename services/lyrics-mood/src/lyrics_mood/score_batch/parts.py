"""Files cut into parts: the unit of work, and of what is not done again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import pyarrow as pa

import lyrics_mood
from lyrics_mood.classifier import MODEL_FOLDER
from lyrics_mood.score_batch.input_files import read_tables
from musicalface_common.model_store import read_index

LIBRARIES = ("numpy", "onnxruntime", "py3langid")


@dataclass(frozen=True)
class Part:
    """A run of rows. `name` is its place in the output; what it becomes depends on nothing but `key` and the name."""

    name: str
    key: str
    songs: pa.Table


class Source(Protocol):
    """Something that is cut into parts, the same ones each time. It travels to other processes."""

    def parts(self) -> Iterator[Part]:
        """Yield the parts in their order. Raises ShardError."""


@dataclass(frozen=True)
class FileSource:
    """A CSV or Parquet file, cut every `rows` rows."""

    path: Path
    rows: int
    version: str

    def parts(self) -> Iterator[Part]:
        """Yield the file's parts. Raises ShardError where it cannot be read."""
        for number, table in enumerate(read_tables(self.path, self.rows)):
            yield Part(f"{self.path.name}-{number:05d}", self._key, table)

    @cached_property
    def _key(self) -> str:
        with self.path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        return digest(self.version, content, str(self.rows))


def digest(*facts: str) -> str:
    """Return a sha256 that differs where any of the facts does."""
    state = hashlib.sha256()
    for fact in facts:
        state.update(f"{len(fact)}:{fact}".encode())
    return state.hexdigest()


def scoring_version(model: str) -> str:
    """Name what scores depend on besides the text: model, code and libraries. Raises ModelError."""
    entry = read_index(MODEL_FOLDER).resolve(model)
    package = Path(lyrics_mood.__file__).parent
    code = [path.read_text("utf-8") for path in sorted(package.rglob("*.py"))]
    return digest(entry.model_dump_json(), *code, *(version(library) for library in LIBRARIES))
