"""A face network's place in a model folder: its section of model.json, and its file."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from face_emotion.crop.preprocessing import CROP_SIZE, Preprocessing
from musicalface_common.model_store import ModelEntry, ModelInput
from musicalface_common.vocabulary import Emotion
from musicalface_training.export import OPSET, extended_index, file_sha256, write_index
from musicalface_training.face.data.inputs import PREPROCESSING

INPUT, OUTPUT = "crops", "scores"
PARITY_FACES = 256
"""How many crops an export is compared on with what it was made of."""


def make_entry(
    file: Path,
    labels: Sequence[Emotion],
    data: str,
    metrics: Mapping[str, Any],
    commit: str,
    output: str = OUTPUT,
    preprocessing: Preprocessing = PREPROCESSING,
) -> ModelEntry:
    """Describe an exported file that takes float32 (n, 48, 48, 1) crops."""
    shape = [None, CROP_SIZE, CROP_SIZE, 1]
    return ModelEntry(
        file=file.name,
        sha256=file_sha256(file),
        input=ModelInput(name=INPUT, shape=shape, dtype="float32", preprocessing=asdict(preprocessing)),
        output=output,
        labels=list(labels),
        data=data,
        metrics=dict(metrics),
        commit=commit,
        opset=OPSET,
    )


def install(
    file: Path, folder: Path, entries: Mapping[str, ModelEntry], aliases: Mapping[str, str] | None = None
) -> None:
    """Put a file and its sections beside those that are in the folder.

    Raises ModelError where the folder's index cannot be read, and then the folder stays as it was.
    """
    index = extended_index(folder, entries, aliases or {})
    folder.mkdir(parents=True, exist_ok=True)
    if file.parent != folder:
        copied = folder / f"{file.name}.tmp"
        shutil.copyfile(file, copied)
        copied.replace(folder / file.name)
    write_index(folder, index)
