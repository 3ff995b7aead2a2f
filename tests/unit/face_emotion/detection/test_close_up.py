"""The second look at a face: which enlarged image is searched, and which landmarks are taken from it."""

from collections.abc import Sequence

import numpy as np
import pytest
from support.photos import Pixels

from face_emotion.crop import frame
from face_emotion.detection.close_up import SIDE, CloseUp
from face_emotion.geometry import Box, Face, Landmarks, Point

PHOTO = np.zeros((300, 300, 3), np.uint8)
BOX = Box(100, 100, 80, 100)
POINTS = Landmarks(*(Point(90 + 100 * x, 100 + 100 * y) for x, y in frame.LANDMARKS))
# The enlarged image of BOX shows x 90 to 190 and y 100 to 200 of the photo, twice as large.
ENLARGED_BOX = Box(20, 0, 160, 200)
ENLARGED_POINTS = Landmarks(*(Point(200 * x, 200 * y) for x, y in frame.LANDMARKS))
FACE = Face(BOX, POINTS, 0.8)


class FakeNetwork:
    """Keeps the images that it searches, and returns the next list of faces for each; at last, no faces."""

    def __init__(self, *results: Sequence[Face]) -> None:
        self.images: list[Pixels] = []
        self._results = list(results)

    def __call__(self, rgb: Pixels, min_score: float) -> list[Face]:
        self.images.append(rgb)
        return list(self._results.pop(0)) if self._results else []


class CornerNetwork(FakeNetwork):
    """Finds a face that fills the image, with its eyes in two corners of the image; in the second image, no face."""

    def __call__(self, rgb: Pixels, min_score: float) -> list[Face]:
        super().__call__(rgb, min_score)
        height, width = rgb.shape[:2]
        points = Landmarks(Point(0, 0), Point(width, height), *[Point(width / 2, height / 2)] * 3)
        return [Face(Box(0, 0, width, height), points, 0.9)] if len(self.images) == 1 else []


def refined_landmarks(network: FakeNetwork, face: Face = FACE, rgb: Pixels = PHOTO) -> Landmarks:
    landmarks = CloseUp(network).refine(rgb, face).landmarks
    assert landmarks is not None
    return landmarks


@pytest.mark.parametrize("height", [12, 100, 700])
def test_a_face_of_any_size_fills_the_enlarged_image(height: int) -> None:
    network = CornerNetwork()
    face = Face(Box(50.3, 60.6, height * 0.8, height))
    first, last, *_ = refined_landmarks(network, face, np.zeros((900, 900, 3), np.uint8))
    [enlarged, _] = network.images
    assert SIDE <= enlarged.shape[0] <= SIDE * (1 + 2 / height) + 1
    assert SIDE * 0.9 <= enlarged.shape[1] <= SIDE * (1 + 2 / height) + 1
    assert enlarged.shape[1] / (last.x - first.x) == pytest.approx(SIDE / height, rel=0.02)
    assert first == pytest.approx((max(0, int(50.3 - height * 0.1)), 60))


@pytest.mark.parametrize("box", [Box(-90, -90, 100, 100), Box(9, 9, 0.1, 0.1), Box(-900, -900, 2000, 2000)])
def test_odd_boxes_give_an_enlarged_image_of_bounded_size(box: Box) -> None:
    network = FakeNetwork()
    CloseUp(network).refine(np.zeros((10, 10, 3), np.uint8), Face(box))
    [enlarged] = network.images
    assert 0 < enlarged.size <= (SIDE + 1) ** 2 * 3 * 4


def test_landmarks_of_the_enlarged_image_are_returned_in_pixels_of_the_photo() -> None:
    face = Face(BOX, POINTS.rotated(4), 0.8)
    refined = CloseUp(FakeNetwork([Face(ENLARGED_BOX, ENLARGED_POINTS, 0.9)])).refine(PHOTO, face)
    assert refined.landmarks is not None
    np.testing.assert_allclose(refined.landmarks, POINTS, atol=0.1)
    assert (refined.box, refined.score) == (face.box, face.score)


def test_the_face_with_the_highest_score_in_the_same_place_counts() -> None:
    elsewhere = Box(ENLARGED_BOX.x + 60, ENLARGED_BOX.y, ENLARGED_BOX.width, ENLARGED_BOX.height)
    faces = [
        Face(elsewhere, ENLARGED_POINTS.rotated(3), 0.99),
        Face(ENLARGED_BOX, ENLARGED_POINTS, 0.9),
        Face(ENLARGED_BOX, ENLARGED_POINTS.rotated(2), 0.5),
    ]
    np.testing.assert_allclose(refined_landmarks(FakeNetwork(faces)), POINTS, atol=0.1)


def test_a_face_that_is_not_found_again_stays_as_it_is() -> None:
    assert CloseUp(FakeNetwork([])).refine(PHOTO, FACE) is FACE


def test_a_nearly_level_face_is_not_looked_at_a_third_time() -> None:
    network = FakeNetwork([Face(ENLARGED_BOX, ENLARGED_POINTS.rotated(5), 0.9)])
    assert frame.tilt(refined_landmarks(network)) == pytest.approx(5)
    assert len(network.images) == 1


def test_the_third_look_adds_the_rest_of_the_tilt() -> None:
    network = FakeNetwork(
        [Face(ENLARGED_BOX, ENLARGED_POINTS.rotated(25), 0.9)], [Face(ENLARGED_BOX, ENLARGED_POINTS.rotated(4), 0.9)]
    )
    assert frame.tilt(refined_landmarks(network)) == pytest.approx(29)


def test_the_third_look_searches_the_enlarged_image_rotated_back_around_the_middle_of_the_face() -> None:
    rgb = PHOTO.copy()
    # In the enlarged image: 80 pixels from the middle (100, 100), 30 degrees clockwise from the right.
    rgb[169:172, 173:176] = 255
    network = FakeNetwork([Face(ENLARGED_BOX, ENLARGED_POINTS.rotated(30), 0.9)])
    refined_landmarks(network, rgb=rgb)
    level = network.images[1][..., 0].astype(float)
    rows, columns = np.nonzero(level > 127)
    assert (rows.mean(), columns.mean()) == (pytest.approx(100, abs=1.5), pytest.approx(180, abs=1.5))
