"""Boxes are clipped, and faces are mapped to a cut and scaled part of an image and back."""

import pytest

from face_emotion.geometry import Box, Face, Landmarks, Point


@pytest.mark.parametrize(
    ("box", "clipped"),
    [
        (Box(10.4, 20.6, 30, 40), (10, 21, 30, 40)),
        (Box(-5, -7, 20, 20), (0, 0, 15, 13)),
        (Box(90, 80, 50, 50), (90, 80, 10, 20)),
        (Box(-30, 5, 20, 20), (0, 5, 0, 20)),
        (Box(5, 200, 20, 20), (5, 100, 20, 0)),
    ],
)
def test_a_box_is_clipped_to_whole_pixels_of_the_image(box: Box, clipped: tuple[int, int, int, int]) -> None:
    assert box.clipped(100, 100) == clipped


def test_a_face_is_mapped_into_a_part_of_another_size() -> None:
    points = Landmarks(*(Point(20 + i, 30 + i) for i in range(5)))
    face = Face(Box(10, 20, 40, 60), points, 0.9).mapped(Point(2, 0.5), origin=Point(10, 10))
    assert face.box == Box(0, 5, 80, 30)
    assert face.landmarks == Landmarks(*(Point(20 + 2 * i, 10 + i / 2) for i in range(5)))
    assert face.score == 0.9


def test_a_mapped_face_without_landmarks_has_none() -> None:
    assert Face(Box(0, 0, 1, 1)).mapped(Point(2, 2)).landmarks is None


def test_a_mapped_face_is_mapped_back() -> None:
    points = Landmarks(*(Point(20 + i, 30 - i) for i in range(5)))
    face = Face(Box(10, 20, 40, 60), points, 0.9)
    assert face.mapped(Point(4, 0.5), Point(3, 7)).mapped_back(Point(4, 0.5), Point(3, 7)) == face


def test_landmarks_are_rotated_clockwise_around_their_centre() -> None:
    points = Landmarks(Point(0, 0), Point(10, 0), Point(5, 5), Point(0, 10), Point(10, 10))
    assert points.centre == Point(5, 5)
    quarter = [(10, 0), (10, 10), (5, 5), (0, 0), (0, 10)]
    assert list(points.rotated(90)) == [pytest.approx(place, abs=1e-9) for place in quarter]
