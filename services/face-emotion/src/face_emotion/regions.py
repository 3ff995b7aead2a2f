"""The parts of a face that show most of its expression: the eyes with their brows, and the mouth."""

from typing import NamedTuple

from face_emotion.crop import frame
from face_emotion.geometry import Box, Face, Point

# Margins around the landmarks: left and right, above, below. In sides of the face's frame.
EYES_MARGINS = 0.19, 0.22, 0.13
MOUTH_MARGINS = 0.09, 0.13, 0.17


class Regions(NamedTuple):
    """Axis-aligned rectangles around parts of a face, in pixels of the image. They may extend beyond the image."""

    eyes: Box
    mouth: Box


def face_regions(face: Face) -> Regions | None:
    """Return the regions of a face, or None if it has no landmarks."""
    points = face.landmarks
    if points is None:
        return None
    side = frame.side(face.box)
    return Regions(
        eyes=_around(points.right_eye, points.left_eye, side, EYES_MARGINS),
        mouth=_around(points.right_mouth, points.left_mouth, side, MOUTH_MARGINS),
    )


def _around(one: Point, other: Point, side: float, margins: tuple[float, float, float]) -> Box:
    beside, above, below = (margin * side for margin in margins)
    left, right = min(one.x, other.x) - beside, max(one.x, other.x) + beside
    top, bottom = min(one.y, other.y) - above, max(one.y, other.y) + below
    return Box(left, top, right - left, bottom - top)
