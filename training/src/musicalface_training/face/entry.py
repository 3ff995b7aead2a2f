"""The section of model.json that describes a face network."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from face_emotion.crop.preprocessing import CROP_SIZE, Preprocessing
from musicalface_common.model_store import ModelEntry, ModelInput
from musicalface_common.vocabulary import Emotion
from musicalface_training.export import OPSET
from musicalface_training.face.data.inputs import PREPROCESSING
from musicalface_training.model_folder import file_sha256

INPUT, OUTPUT = "crops", "scores"
PARITY_FACES = 256
"""The number of crops that an exported network is compared with the trained one on."""


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
