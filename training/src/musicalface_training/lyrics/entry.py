"""The section of model.json that describes a lyrics network, and its vocabulary file."""

from pathlib import Path
from typing import Any

from lyrics_mood.classifier import Preprocessing
from musicalface_common.model_store import ModelEntry, ModelInput
from musicalface_common.vocabulary import MOODS
from musicalface_training.errors import ExportError
from musicalface_training.export import OPSET, node_types
from musicalface_training.model_folder import file_sha256

INPUT = "tokens"


def make_entry(file: Path, preprocessing: Preprocessing, output: str, commit: str, facts: dict[str, Any]) -> ModelEntry:
    """Describe an exported file that takes int32 (n, length) tokens; `facts` holds `data` and `metrics`."""
    shape = [None, preprocessing.length]
    return ModelEntry(
        file=file.name,
        sha256=file_sha256(file),
        input=ModelInput(name=INPUT, shape=shape, dtype="int32", preprocessing=preprocessing.model_dump()),
        output=output,
        labels=list(MOODS),
        commit=commit,
        opset=OPSET,
        **facts,
    )


def write_vocabulary(path: Path, vocabulary: list[str], length: int, trusted_coverage: float) -> Preprocessing:
    """Write one word per line, the most frequent first; return the preprocessing with this vocabulary."""
    path.write_text("\n".join(vocabulary) + "\n", "utf-8", newline="\n")
    return Preprocessing(
        vocabulary=path.name,
        vocabulary_sha256=file_sha256(path),
        length=length,
        trusted_coverage=trusted_coverage,
    )


def require_lstm(path: Path) -> None:
    """Raise ExportError unless the file has one LSTM node and no loop: loops take ten times as long."""
    operators = node_types(path)
    if operators.count("LSTM") != 1 or "Loop" in operators:
        raise ExportError(f"{path.name} should hold one LSTM and no Loop, but has {', '.join(operators)}")
