"""Model folders: files and their sections of model.json, installed together."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from musicalface_common.model_store import ModelEntry, ModelIndex, read_index

INDEX = "model.json"


def install(
    files: Iterable[Path], folder: Path, entries: Mapping[str, ModelEntry], aliases: Mapping[str, str] | None = None
) -> None:
    """Copy files into a model folder, then add sections and aliases to its model.json, which keeps all others.

    Raises ModelError if model.json cannot be read; the folder then stays unchanged.
    """
    index = _index(folder)
    index.models.update(entries)
    index.aliases.update(aliases or {})
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        copied = folder / f"{file.name}.tmp"
        shutil.copyfile(file, copied)
        copied.replace(folder / file.name)
    _write(folder / INDEX, index)


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file in hex digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _index(folder: Path) -> ModelIndex:
    return read_index(folder) if (folder / INDEX).exists() else ModelIndex(aliases={}, models={})


def _write(path: Path, index: ModelIndex) -> None:
    written = path.with_suffix(".tmp")
    written.write_text(index.model_dump_json(indent=2) + "\n", "utf-8")
    written.replace(path)
