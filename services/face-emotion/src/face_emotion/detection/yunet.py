"""YuNet (Wu, Peng & Yu 2023), a face detector of 76,000 parameters, run by ONNX Runtime.

OpenCV takes twice the time for the same weights, and needs a copy of the network for every thread.
"""

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion import MODEL_FOLDER
from face_emotion.geometry import Box, Face, Landmarks, Point
from musicalface_common.model_store import open_file

FILE = "yunet.onnx"
SHA256 = "2405911a1d0103b62505fcedad4c8f9a034a0b6ba0286a6c124e3b69bdb0013e"

# The network takes RGB pixels and scores every cell of three grids, whose cells are this many pixels wide. For each
# cell with at least the minimum score it returns index, score, box and landmarks.
STRIDES = (8, 16, 32)
OUTPUTS = ("cell", "score", "box", "points")
MAX_OVERLAP = 0.3
MAX_CANDIDATES = 5000

Floats = npt.NDArray[np.float32]


class YuNet:
    """The network and the decoding of its output. Safe to call from any thread."""

    def __init__(self) -> None:
        """Open the network. Raises ModelError if its file is missing or altered."""
        self._session = open_file(MODEL_FOLDER, FILE, SHA256)

    def faces(self, rgb: npt.NDArray[np.uint8], min_score: float) -> list[Face]:
        """Find the faces with at least a minimum score in a uint8 (h, w, 3) image, highest score first.

        The image is not resized.
        """
        cells, scores, boxes, points = self._session.run(
            OUTPUTS, {"rgb": rgb, "min_score": np.array(min_score, np.float32)}
        )
        rows = _decode(rgb.shape[:2], cells, boxes, points)
        return [_face(rows[index], scores[index]) for index in _suppress_overlaps(rows, scores, min_score)]


def _decode(size: tuple[int, ...], cells: npt.NDArray[np.int64], boxes: Floats, points: Floats) -> Floats:
    """Convert the network's boxes and points to pixels. `size` is the image's height and width.

    Returns float32 (n, 14). A row is a box (x, y, width, height) and x, y of five points.
    """
    steps = np.array(STRIDES)
    rows, columns = (-(-side // steps[-1]) * steps[-1] // steps for side in size)
    ends = np.cumsum(rows * columns)
    grid = np.searchsorted(ends, cells, side="right")
    inside = cells - (ends - rows * columns)[grid]
    cell = np.stack([inside % columns[grid], inside // columns[grid]], axis=1).astype(np.float32)
    stride = steps[grid, np.newaxis].astype(np.float32)
    sizes = np.exp(boxes[:, 2:]) * stride
    corners = (boxes[:, :2] + cell) * stride - sizes / 2
    return np.concatenate([corners, sizes, (points + np.tile(cell, 5)) * stride], axis=1)


def _suppress_overlaps(rows: Floats, scores: Floats, min_score: float) -> list[int]:
    """Drop rows whose box overlaps one with a higher score (non-maximum suppression).

    Returns the indices of the remaining rows, highest score first.
    """
    boxes = np.trunc(rows[:, :4]).tolist()
    if not boxes:
        return []
    return list(cv2.dnn.NMSBoxes(boxes, scores.tolist(), min_score, MAX_OVERLAP, top_k=MAX_CANDIDATES))


def _face(row: Floats, score: np.float32) -> Face:
    x, y, width, height, *points = row.tolist()
    pairs = zip(points[::2], points[1::2], strict=True)
    return Face(Box(x, y, width, height), Landmarks(*(Point(*pair) for pair in pairs)), float(score))
