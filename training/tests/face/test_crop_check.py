"""Known faces put into photos, found again and cut out: the shares found and the accuracy."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from face_emotion.crop import frame
from face_emotion.geometry import Box, Face, Landmarks, Point
from musicalface_training.arrays import Floats, Pixels
from musicalface_training.face.data.evaluation_set import EvaluationSet
from musicalface_training.face.evaluation.crop_check import (
    FACE_SIDE,
    PHOTO_SIDE,
    TILTS,
    Found,
    check_crops,
    write_crop_page,
)

BOX = Box((PHOTO_SIDE - FACE_SIDE) / 2, (PHOTO_SIDE - FACE_SIDE) / 2, FACE_SIDE, FACE_SIDE)
LEVEL = Landmarks(*(Point(BOX.x + FACE_SIDE * x, BOX.y + FACE_SIDE * y) for x, y in frame.LANDMARKS))


class Sighted:
    """Knows where the face is, and finds none in the first `blind` photos."""

    def __init__(self, blind: int = 0) -> None:
        self.calls = 0
        self.blind = blind

    def largest(self, rgb: Pixels) -> Face | None:
        tilt = TILTS[self.calls // 10]
        self.calls += 1
        return None if self.calls <= self.blind else Face(BOX, LEVEL.rotated(tilt))


def detector(blind: int = 0) -> Any:
    """Return what stands in for a Detector, of which only `largest` is called."""
    return Sighted(blind)


def faces() -> EvaluationSet:
    """Make smooth crops that are lighter below (label 0) or above (label 1)."""
    ramp = np.linspace(0, 255, 48).astype(np.uint8)
    crops = np.stack([np.tile((ramp[::-1] if row % 2 else ramp)[:, None], (1, 48)) for row in range(10)])
    crops = np.stack([np.asarray(cv2.GaussianBlur(crop, (5, 5), 0), np.uint8) for crop in crops])
    return EvaluationSet("drawn", "", crops, np.arange(10, dtype=np.int64) % 2)


def lighter_above(crops: Pixels) -> Floats:
    """Score crops that are lighter below as 0, lighter above as 1, and any that is not upright as 2."""
    above, below = (crops[:, rows].astype(float).mean(axis=(1, 2)) for rows in (slice(0, 12), slice(36, 48)))
    return np.stack([below - above, above - below, np.full(len(crops), 180.0)], axis=1).astype(np.float32)


def test_a_face_that_is_found_is_cut_out_as_it_was() -> None:
    found = check_crops(lighter_above, detector(), faces())
    assert [each.tilt for each in found] == list(TILTS)
    assert all((each.share, each.as_known, each.as_found) == (1, 1, 1) for each in found)


def test_the_share_of_found_faces_is_counted() -> None:
    assert check_crops(lighter_above, detector(blind=4), faces())[0].share == pytest.approx(0.6)


def test_the_page_has_a_row_for_every_tilt(tmp_path: Path) -> None:
    page = write_crop_page(tmp_path / "reports", "drawn", [Found(-30, 12, 0.5, 0.9, 0.8)])
    assert page.read_text().splitlines()[2].startswith("12 faces")
    assert "| -30 | 0.500 | 0.900 | 0.800 |" in page.read_text()
