"""Keras to ONNX, and the check that the exported network gives the outputs of the trained one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import tensorflow as tf
import tf2onnx

from musicalface_training.errors import ExportError

OPSET = 17
TOLERANCE = 1e-4

Arrays = Sequence[npt.NDArray[Any]]


def export_checked(model: keras.Model, path: Path, input_name: str, inputs: npt.NDArray[Any]) -> float:
    """Write a model as ONNX; return the largest difference from Keras' outputs on `inputs`. Raises ExportError."""
    export_onnx(model, path, input_name)
    return check_parity(model, path, inputs)


def export_onnx(model: keras.Model, path: Path, input_name: str) -> None:
    """Write a functional model as ONNX, with a free batch size.

    The ONNX input is called `input_name`, each output after the layer that makes it. Raises ExportError for a model
    of several inputs.
    """
    if len(model.inputs) != 1:
        raise ExportError(f"{model.name} has {len(model.inputs)} inputs, not one")
    (source,) = model.inputs
    signature = [tf.TensorSpec(source.shape, source.dtype, name=input_name)]
    network, _ = tf2onnx.convert.from_keras(model, input_signature=signature, opset=OPSET)
    onnx.checker.check_model(network)
    path.write_bytes(network.SerializeToString())


def check_parity(model: keras.Model, path: Path, inputs: npt.NDArray[Any]) -> float:
    """Return the largest difference between the outputs of Keras and of the ONNX file. Raises ExportError."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    exported = session.run(model.output_names, {session.get_inputs()[0].name: inputs})
    trained = model.predict_on_batch(inputs)
    return require_parity(path.stem, exported, trained if len(model.outputs) > 1 else [trained])


def require_parity(name: str, exported: Arrays, trained: Arrays) -> float:
    """Return the largest difference between exported and trained outputs. Raises ExportError for 1e-4 or more."""
    pairs = zip(exported, trained, strict=True)
    difference = float(np.max([np.max(np.abs(one - other)) for one, other in pairs]))
    # NaN fails this comparison too.
    if not difference < TOLERANCE:
        raise ExportError(f"the exported {name} differs by {difference:.2g} from the trained one, over {TOLERANCE:g}")
    return difference


def node_types(path: Path) -> list[str]:
    """List the operators of an ONNX file, in the order of its graph."""
    return [node.op_type for node in onnx.load(path).graph.node]
