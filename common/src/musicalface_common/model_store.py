"""Model folders: NAME.onnx files described by one model.json, checked before they are served."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy.typing as npt
import onnxruntime
from pydantic import BaseModel, ConfigDict, Field

from musicalface_common.startup import StartupError


class Session(Protocol):
    """What is used of an ONNX Runtime session. Several threads may share one."""

    def run(self, outputs: Sequence[str] | None, inputs: Mapping[str, npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
        """Return the named outputs, or all, for these inputs."""


class ModelError(StartupError):
    """A model is missing, or its file is not the one that model.json describes."""


class ModelInput(BaseModel):
    """The network's input: None in `shape` is the batch. `preprocessing` belongs to the model, never to a setting."""

    name: str
    shape: list[int | None]
    dtype: str
    preprocessing: dict[str, Any]


class ModelEntry(BaseModel):
    """One model's section of model.json."""

    model_config = ConfigDict(extra="forbid")

    file: str
    sha256: str
    input: ModelInput
    output: str
    labels: list[str]
    data: str = Field(description="Training data and its split")
    metrics: dict[str, Any] = Field(description="By the split they were measured on")
    commit: str = Field(description="The commit that trained it")
    opset: int


class ModelIndex(BaseModel):
    """The whole of model.json: `aliases` lets `default` name the model that is served."""

    aliases: dict[str, str]
    models: dict[str, ModelEntry]

    def resolve(self, name: str) -> ModelEntry:
        """Find an entry by its name or alias. Raises ModelError that names what there is."""
        entry = self.models.get(self.aliases.get(name, name))
        if entry is None:
            raise ModelError(f"no model {name!r}; there are {', '.join((*self.aliases, *self.models))}")
        return entry


def read_index(folder: Path) -> ModelIndex:
    """Read model.json of a model folder. Raises ModelError where it is missing or not as it should be."""
    path = folder / "model.json"
    try:
        return ModelIndex.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error


def verified_path(folder: Path, file: str, sha256: str) -> Path:
    """Return the path of a file of the folder whose content has this sha256. Raises ModelError."""
    path = folder / file
    if not path.is_file():
        raise ModelError(f"{path} is missing")
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise ModelError(f"{path} is not the file that is expected (sha256 differs)")
    return path


def open_session(folder: Path, entry: ModelEntry) -> Session:
    """Open a verified model of model.json."""
    return open_file(folder, entry.file, entry.sha256)


def open_file(folder: Path, file: str, sha256: str) -> Session:
    """Open a verified file on one thread: more workers beat more threads a call. Raises ModelError."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    path = verified_path(folder, file, sha256)
    session: Session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return session
