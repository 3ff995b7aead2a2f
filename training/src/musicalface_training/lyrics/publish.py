"""Put a trained lyrics network where the service reads it."""

import shutil
from pathlib import Path
from typing import Any

from lyrics_mood.classifier import Preprocessing
from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.model_store import ModelEntry, ModelInput
from musicalface_common.vocabulary import MOODS
from musicalface_training.commit import current_commit
from musicalface_training.errors import ExportError
from musicalface_training.export import (
    OPSET,
    check_parity,
    export_onnx,
    file_sha256,
    node_types,
    update_index,
)
from musicalface_training.lyrics.reference import LENGTH
from musicalface_training.lyrics.train import Outcome

NAME = "reference"
VOCABULARY = "vocabulary.txt"


def publish(outcome: Outcome, texts: list[str], run_folder: Path, model_folder: Path, facts: dict[str, Any]) -> float:
    """Export the network, check it on real `texts`, and write it, its vocabulary and its section of model.json.

    `facts` are the section's data and metrics. Returns the parity. Raises ExportError, and then writes nothing.
    """
    exported = run_folder / f"{NAME}.onnx"
    export_onnx(outcome.model, exported, "tokens")
    require_lstm(exported)
    parity = check_parity(outcome.model, exported, Tokenizer(outcome.vocabulary, LENGTH).encode(texts))
    model_folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(exported, model_folder / exported.name)
    (model_folder / VOCABULARY).write_text("\n".join(outcome.vocabulary) + "\n", "utf-8", newline="\n")
    update_index(model_folder, {NAME: _entry(model_folder, exported.name, facts)}, {"default": NAME})
    return parity


def require_lstm(path: Path) -> None:
    """Raise ExportError unless the recurrent layer is one ONNX LSTM node: loops cost ten times its time."""
    operators = node_types(path)
    if operators.count("LSTM") != 1 or "Loop" in operators:
        raise ExportError(f"{path.name} should hold one LSTM and no Loop, but has {', '.join(operators)}")


def _entry(model_folder: Path, file: str, facts: dict[str, Any]) -> ModelEntry:
    preprocessing = Preprocessing(
        vocabulary=VOCABULARY, vocabulary_sha256=file_sha256(model_folder / VOCABULARY), length=LENGTH
    )
    return ModelEntry(
        file=file,
        sha256=file_sha256(model_folder / file),
        input=ModelInput(name="tokens", shape=[None, LENGTH], dtype="int32", preprocessing=preprocessing.model_dump()),
        output="scores",
        labels=list(MOODS),
        commit=current_commit(),
        opset=OPSET,
        **facts,
    )
