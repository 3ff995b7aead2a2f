"""Keras to ONNX, checked, and written down in model.json."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import tensorflow as tf
import tf2onnx

from musicalface_common.model_store import ModelEntry, ModelIndex, read_index
from musicalface_training.errors import ExportError

OPSET = 17
TOLERANCE = 1e-4


def export_onnx(model: keras.Model, path: Path, input_name: str, opset: int = OPSET) -> None:
    """Write a functional model as ONNX, with a free batch size.

    The ONNX input is called `input_name`, each output as the layer that makes it. Raises ExportError for a model of
    several inputs.
    """
    if len(model.inputs) != 1:
        raise ExportError(f"{model.name} has {len(model.inputs)} inputs, not one")
    (source,) = model.inputs
    signature = [tf.TensorSpec(source.shape, source.dtype, name=input_name)]
    network, _ = tf2onnx.convert.from_keras(model, input_signature=signature, opset=opset)
    onnx.checker.check_model(network)
    path.write_bytes(network.SerializeToString())


def check_parity(model: keras.Model, path: Path, inputs: npt.NDArray[Any], tolerance: float = TOLERANCE) -> float:
    """Return the largest difference of Keras' and the ONNX file's outputs. Raises ExportError from `tolerance` on."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    exported = session.run(model.output_names, {session.get_inputs()[0].name: inputs})
    trained = model.predict_on_batch(inputs)
    pairs = zip(exported, trained if len(model.outputs) > 1 else [trained], strict=True)
    difference = float(np.max([np.max(np.abs(one - other)) for one, other in pairs]))
    # Written so that a NaN is refused too.
    if not difference < tolerance:
        raise ExportError(f"{path.name} differs from {model.name} by {difference:.2g}, allowed is {tolerance:g}")
    return difference


def node_types(path: Path) -> list[str]:
    """List the operators of an ONNX file, in the order of its graph."""
    return [node.op_type for node in onnx.load(path).graph.node]


def update_index(folder: Path, entries: Mapping[str, ModelEntry], aliases: Mapping[str, str]) -> None:
    """Write models' sections into the folder's model.json, all or none; other models and aliases stay."""
    write_index(folder, extended_index(folder, entries, aliases))


def extended_index(folder: Path, entries: Mapping[str, ModelEntry], aliases: Mapping[str, str]) -> ModelIndex:
    """Return what the folder's model.json would say with more models and aliases. Raises ModelError."""
    index = read_index(folder) if (folder / "model.json").exists() else ModelIndex(aliases={}, models={})
    index.models.update(entries)
    index.aliases.update(aliases)
    return index


def write_index(folder: Path, index: ModelIndex) -> None:
    """Write the folder's model.json, all or nothing."""
    path = folder / "model.json"
    written = path.with_suffix(".tmp")
    written.write_text(index.model_dump_json(indent=2) + "\n", "utf-8")
    written.replace(path)


def file_sha256(path: Path) -> str:
    """Return a file's sha256 in hex digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
