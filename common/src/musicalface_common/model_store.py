"""Opens models of a folder. Its model.json describes the ONNX files; each file is checked against it before use."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy.typing as npt
import onnxruntime
from pydantic import BaseModel, ConfigDict, Field

from musicalface_common.startup import StartupError
from musicalface_common.validation.nearest import did_you_mean


class Session(Protocol):
    """The part of an ONNX Runtime session that we use. Several threads may share one session."""

    def run(self, outputs: Sequence[str] | None, inputs: Mapping[str, npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
        """Return the named outputs, or all outputs, for these inputs."""


class ModelError(StartupError):
    """A model is missing, or its file differs from the one that model.json describes."""


class ModelInput(BaseModel):
    """The network's input. None in `shape` is the batch size. The keys of `preprocessing` differ by model."""

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
    metrics: dict[str, Any] = Field(description="Metrics by the split on which they were measured")
    commit: str = Field(description="Commit that trained the model")
    opset: int


class ModelIndex(BaseModel):
    """The content of model.json. `aliases` maps names such as `default` to names of models."""

    aliases: dict[str, str]
    models: dict[str, ModelEntry]

    @property
    def names(self) -> tuple[str, ...]:
        """All aliases and names."""
        return (*self.aliases, *self.models)

    def resolve(self, name: str) -> ModelEntry:
        """Return the entry of a name or alias. Raises ModelError, which lists the known names."""
        entry = self.models.get(self.aliases.get(name, name))
        if entry is None:
            raise ModelError(f"no model {name!r}; there are {', '.join(self.names)}")
        return entry


def read_index(folder: Path) -> ModelIndex:
    """Read model.json of a model folder. Raises ModelError if it is missing or invalid."""
    path = folder / "model.json"
    try:
        return ModelIndex.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error


def known_model(folder: Path, name: str) -> str:
    """Return the name or alias of a model. Raises ValueError where model.json has none, and ModelError."""
    names = read_index(folder).names
    if name not in names:
        raise ValueError(f"must be one of {', '.join(names)}{did_you_mean(name, names)}")
    return name


def verified_path(folder: Path, file: str, sha256: str) -> Path:
    """Return the path of a file in the folder. Raises ModelError if it is missing or has another sha256."""
    path = folder / file
    if not path.is_file():
        raise ModelError(f"{path} is missing")
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise ModelError(f"{path} is not the file that is expected (sha256 differs)")
    return path


def open_session(folder: Path, entry: ModelEntry) -> Session:
    """Open a model that model.json describes. Raises ModelError if its file is missing or altered."""
    return open_file(folder, entry.file, entry.sha256)


def open_file(folder: Path, file: str, sha256: str) -> Session:
    """Open an ONNX file, with one thread per call: more workers are faster than more threads. Raises ModelError."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    path = verified_path(folder, file, sha256)
    session: Session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return session
