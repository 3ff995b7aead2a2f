"""YuNet (Wu, Peng & Yu 2023, a face detector of 76,000 parameters) under ONNX Runtime.

OpenCV runs the same weights in twice the time, and needs a copy for every thread.
"""

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion.geometry import Box, Face, Landmarks, Point
from musicalface_common.model_store import open_file

FOLDER = Path(__file__).parent / "model"
FILE = "yunet.onnx"
SHA256 = "b07773e1ea89188b02da50f9b229765dbcc63f33adea3c541a7abd0c3f466d8f"

# The network looks at every cell of three grids, and says of each: a face's class and object scores, box and landmarks.
STRIDES = (8, 16, 32)
PARTS = ("cls", "obj", "bbox", "kps")
MAX_OVERLAP = 0.3
MAX_CANDIDATES = 5000

Floats = npt.NDArray[np.float32]


class YuNet:
    """The network and the decoding of its answer. Safe to call from any thread."""

    def __init__(self) -> None:
        """Raise ModelError where the weights are missing or not those that are known."""
        self._session = open_file(FOLDER, FILE, SHA256)

    def faces(self, rgb: npt.NDArray[np.uint8], min_score: float) -> list[Face]:
        """Find faces in a uint8 (h, w, 3) picture at its own size, the surest first."""
        height, width = (length + -length % STRIDES[-1] for length in rgb.shape[:2])
        pixels = np.zeros((1, 3, height, width), np.float32)
        pixels[0, :, : rgb.shape[0], : rgb.shape[1]] = rgb[:, :, ::-1].transpose(2, 0, 1)
        names = [f"{part}_{stride}" for stride in STRIDES for part in PARTS]
        answers = iter(self._session.run(names, {"input": pixels}))
        grids = [_decode(stride, width // stride, min_score, *(next(answers)[0] for _ in PARTS)) for stride in STRIDES]
        return [_face(row) for row in _apart(np.concatenate(grids), min_score)]


def _decode(
    stride: int, columns: int, min_score: float, cls: Floats, obj: Floats, boxes: Floats, points: Floats
) -> Floats:
    """Return the sure cells of one grid as float32 (n, 15) rows: corner, size, five points, score; in pixels."""
    scores = np.sqrt(np.clip(cls[:, 0], 0, 1) * np.clip(obj[:, 0], 0, 1))
    sure = np.flatnonzero(scores >= min_score)
    cells = np.stack([sure % columns, sure // columns], axis=1).astype(np.float32)
    sizes = np.exp(boxes[sure, 2:]) * stride
    corners = (boxes[sure, :2] + cells) * stride - sizes / 2
    landmarks = (points[sure] + np.tile(cells, 5)) * stride
    return np.concatenate([corners, sizes, landmarks, scores[sure, np.newaxis]], axis=1)


def _apart(rows: Floats, min_score: float) -> Floats:
    """Keep the surest of rows whose boxes overlap, surest first."""
    boxes = [[int(value) for value in row[:4]] for row in rows]
    scores = [float(row[14]) for row in rows]
    kept = cv2.dnn.NMSBoxes(boxes, scores, min_score, MAX_OVERLAP, top_k=MAX_CANDIDATES) if boxes else []
    return rows[np.asarray(kept, np.int64)]


def _face(row: Floats) -> Face:
    x, y, width, height, *points, score = map(float, row)
    pairs = zip(points[::2], points[1::2], strict=True)
    return Face(Box(x, y, width, height), Landmarks(*(Point(*pair) for pair in pairs)), score)
