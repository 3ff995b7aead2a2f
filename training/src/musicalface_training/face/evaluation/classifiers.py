"""The classifiers that are compared: those of the model folder, and what else is installed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from face_emotion.classifier import load_classifier
from musicalface_common.model_store import ModelIndex, read_index
from musicalface_training.face.evaluation import fer_package as foreign
from musicalface_training.face.evaluation.predictions import Scores

NAMES = ("reference", "default", "fer2013", "fisherfaces")
# Shapes and axes, which nobody learnt.
INDEX_TYPES = {onnx.TensorProto.INT32, onnx.TensorProto.INT64}


@dataclass(frozen=True)
class Candidate:
    """A classifier: uint8 (n, 48, 48) crops to float32 (n, 7 or 8), the bytes of its file, its learnt numbers."""

    name: str
    scores: Scores
    size: int
    parameters: int


def load_candidates(folder: Path, names: Sequence[str] | None = None) -> list[Candidate]:
    """Load the named classifiers of a model folder, without names all that are there.

    Raises ModelError for one that is not there.
    """
    index = read_index(folder)
    chosen = names or _present(index)
    return [_foreign() if name == foreign.NAME else _load(name, folder, index) for name in chosen]


def count_parameters(network: onnx.ModelProto) -> int:
    """Count the learnt numbers of a network, quantised ones too, wherever its operators keep them."""
    tensors = [tensor for tensor in network.graph.initializer if tensor.data_type not in INDEX_TYPES]
    attributes = [attribute for node in network.graph.node for attribute in node.attribute]
    constants = [attribute.t for attribute in attributes if attribute.t.data_type not in {0, *INDEX_TYPES}]
    inside = sum(int(np.prod(tensor.dims)) for tensor in (*tensors, *constants))
    return inside + sum(len(attribute.floats) for attribute in attributes)


def _present(index: ModelIndex) -> list[str]:
    """List what there is, each once: an alias' model goes by its own name."""
    ours = dict.fromkeys(index.aliases.get(name, name) for name in NAMES)
    found = [name for name in ours if name in index.models]
    return [*found, foreign.NAME] if foreign.weights() else found


def _load(name: str, folder: Path, index: ModelIndex) -> Candidate:
    classifier = load_classifier(name, folder)
    file = folder / index.resolve(name).file
    return Candidate(name, classifier.scores, file.stat().st_size, count_parameters(onnx.load(file)))


def _foreign() -> Candidate:
    network = foreign.load()
    return Candidate(foreign.NAME, network.scores, network.size, count_parameters(network.onnx))
