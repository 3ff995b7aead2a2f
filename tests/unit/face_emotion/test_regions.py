"""The eye and mouth regions of a face."""

from face_emotion.geometry import Box, Face, Landmarks, Point
from face_emotion.regions import face_regions

POINTS = Landmarks(Point(40, 50), Point(80, 54), Point(60, 72), Point(44, 90), Point(76, 92))
FACE = Face(Box(20, 10, 80, 100), POINTS)


def holds(box: Box, point: Point) -> bool:
    return box.x < point.x < box.x + box.width and box.y < point.y < box.y + box.height


def test_the_regions_contain_their_landmarks_and_do_not_overlap() -> None:
    regions = face_regions(FACE)
    assert regions is not None
    assert [holds(regions.eyes, point) for point in POINTS] == [True, True, False, False, False]
    assert [holds(regions.mouth, point) for point in POINTS] == [False, False, False, True, True]
    assert regions.eyes.y + regions.eyes.height < regions.mouth.y


def test_the_margins_grow_with_the_face() -> None:
    regions, doubled = face_regions(FACE), face_regions(FACE.mapped(Point(2, 2)))
    assert regions is not None
    assert doubled is not None
    for one, two in zip(regions, doubled, strict=True):
        assert (two.x, two.y, two.width, two.height) == tuple(
            2 * side for side in (one.x, one.y, one.width, one.height)
        )


def test_a_face_from_the_side_still_has_regions_of_some_width() -> None:
    profile = POINTS._replace(left_eye=POINTS.right_eye, left_mouth=POINTS.right_mouth)
    regions = face_regions(Face(FACE.box, profile))
    assert regions is not None
    assert min(regions.eyes.width, regions.mouth.width) > 10


def test_a_face_without_landmarks_has_no_regions() -> None:
    assert face_regions(Face(FACE.box)) is None
