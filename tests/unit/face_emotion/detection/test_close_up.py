"""The second look at a face: what picture of it is searched, and which landmarks are taken from it."""

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
# The enlarged picture of BOX shows x 90 to 190 and y 100 to 200 of the photo, twice as large.
NEAR_BOX = Box(20, 0, 160, 200)
NEAR_POINTS = Landmarks(*(Point(200 * x, 200 * y) for x, y in frame.LANDMARKS))
FACE = Face(BOX, POINTS, 0.8)


class Looks:
    """A network that keeps the pictures it is given, and answers each with the next list of faces."""

    def __init__(self, *answers: Sequence[Face]) -> None:
        self.pictures: list[Pixels] = []
        self._answers = list(answers)

    def __call__(self, rgb: Pixels, min_score: float) -> list[Face]:
        self.pictures.append(rgb)
        return list(self._answers.pop(0)) if self._answers else []


class Corners(Looks):
    """A network that finds a face in the middle of a picture, with its eyes in two corners of the picture."""

    def __call__(self, rgb: Pixels, min_score: float) -> list[Face]:
        super().__call__(rgb, min_score)
        height, width = rgb.shape[:2]
        points = Landmarks(Point(0, 0), Point(width, height), *[Point(width / 2, height / 2)] * 3)
        return [Face(Box(0, 0, width, height), points, 0.9)] if len(self.pictures) == 1 else []


def landmarks_near(find: Looks, face: Face = FACE, rgb: Pixels = PHOTO) -> Landmarks:
    landmarks = CloseUp(find).near(rgb, face).landmarks
    assert landmarks is not None
    return landmarks


@pytest.mark.parametrize("height", [12, 100, 700])
def test_a_face_fills_the_picture_at_any_size(height: int) -> None:
    find = Corners()
    face = Face(Box(50.3, 60.6, height * 0.8, height))
    first, last, *_ = landmarks_near(find, face, np.zeros((900, 900, 3), np.uint8))
    [picture, _] = find.pictures
    assert SIDE <= picture.shape[0] <= SIDE * (1 + 2 / height) + 1
    assert SIDE * 0.9 <= picture.shape[1] <= SIDE * (1 + 2 / height) + 1
    assert picture.shape[1] / (last.x - first.x) == pytest.approx(SIDE / height, rel=0.02)
    assert first == pytest.approx((max(0, int(50.3 - height * 0.1)), 60))


@pytest.mark.parametrize("box", [Box(-90, -90, 100, 100), Box(9, 9, 0.1, 0.1), Box(-900, -900, 2000, 2000)])
def test_odd_boxes_give_a_picture(box: Box) -> None:
    find = Looks()
    CloseUp(find).near(np.zeros((10, 10, 3), np.uint8), Face(box))
    [picture] = find.pictures
    assert 0 < picture.size <= (SIDE + 1) ** 2 * 3 * 4


def test_landmarks_of_the_picture_are_returned_in_pixels_of_the_photo() -> None:
    face = Face(BOX, POINTS.turned(4), 0.8)
    near = CloseUp(Looks([Face(NEAR_BOX, NEAR_POINTS, 0.9)])).near(PHOTO, face)
    assert near.landmarks is not None
    np.testing.assert_allclose(near.landmarks, POINTS, atol=0.1)
    assert (near.box, near.score) == (face.box, face.score)


def test_the_face_with_the_highest_score_in_the_same_place_counts() -> None:
    aside = Box(NEAR_BOX.x + 60, NEAR_BOX.y, NEAR_BOX.width, NEAR_BOX.height)
    faces = [
        Face(aside, NEAR_POINTS.turned(3), 0.99),
        Face(NEAR_BOX, NEAR_POINTS, 0.9),
        Face(NEAR_BOX, NEAR_POINTS.turned(2), 0.5),
    ]
    np.testing.assert_allclose(landmarks_near(Looks(faces)), POINTS, atol=0.1)


def test_a_face_that_is_not_found_again_stays_as_it_is() -> None:
    assert CloseUp(Looks([])).near(PHOTO, FACE) is FACE


def test_a_nearly_level_face_is_not_looked_at_a_third_time() -> None:
    find = Looks([Face(NEAR_BOX, NEAR_POINTS.turned(5), 0.9)])
    assert frame.tilt(landmarks_near(find)) == pytest.approx(5)
    assert len(find.pictures) == 1


def test_the_third_look_adds_the_rest_of_the_turn() -> None:
    find = Looks([Face(NEAR_BOX, NEAR_POINTS.turned(25), 0.9)], [Face(NEAR_BOX, NEAR_POINTS.turned(4), 0.9)])
    assert frame.tilt(landmarks_near(find)) == pytest.approx(29)


def test_the_third_look_is_at_the_picture_turned_back_around_the_middle_of_the_face() -> None:
    rgb = PHOTO.copy()
    # In the enlarged picture: 80 pixels from the middle (100, 100), 30 degrees clockwise from the right.
    rgb[169:172, 173:176] = 255
    find = Looks([Face(NEAR_BOX, NEAR_POINTS.turned(30), 0.9)])
    landmarks_near(find, rgb=rgb)
    level = find.pictures[1][..., 0].astype(float)
    rows, columns = np.nonzero(level > 127)
    assert (rows.mean(), columns.mean()) == (pytest.approx(100, abs=1.5), pytest.approx(180, abs=1.5))
