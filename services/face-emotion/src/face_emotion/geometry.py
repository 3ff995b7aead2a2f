"""Boxes, landmarks and faces in pixels of an image, and their mapping to a cut and scaled part of the image."""

import math
from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A place in an image, in pixels from its left and upper edges; or a scale along x and y."""

    x: float
    y: float


ORIGIN = Point(0, 0)


@dataclass(frozen=True)
class Box:
    """An axis-aligned rectangle in pixels: upper left corner and size. It may extend beyond the image."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Area in square pixels."""
        return self.width * self.height

    @property
    def centre(self) -> Point:
        """The middle of the rectangle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def clipped(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return x, y, width and height of the part inside an image of this size, in whole pixels.

        If no part is inside, width or height is 0.
        """
        left, right = _clip(self.x, self.x + self.width, width)
        top, bottom = _clip(self.y, self.y + self.height, height)
        return left, top, right - left, bottom - top


class Landmarks(NamedTuple):
    """Five points of a face. Right and left are the person's own."""

    right_eye: Point
    left_eye: Point
    nose: Point
    right_mouth: Point
    left_mouth: Point

    @property
    def centre(self) -> Point:
        """The mean of the five points."""
        return Point(sum(point.x for point in self) / len(self), sum(point.y for point in self) / len(self))

    def rotated(self, degrees: float) -> "Landmarks":
        """Return the points rotated clockwise around their centre."""
        centre, cosine, sine = self.centre, math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        offsets = [(point.x - centre.x, point.y - centre.y) for point in self]
        return Landmarks(
            *(Point(centre.x + x * cosine - y * sine, centre.y + x * sine + y * cosine) for x, y in offsets)
        )


@dataclass(frozen=True)
class Face:
    """A face in an image. Landmarks and score (0 to 1) are None if the detector does not return them."""

    box: Box
    landmarks: Landmarks | None = None
    score: float | None = None

    def mapped(self, scale: Point, origin: Point = ORIGIN) -> "Face":
        """Return the face in pixels of the part that was cut out of the image at `origin`, then scaled by `scale`."""
        places = [self.box.centre, *(self.landmarks or ())]
        centre, *points = [Point((x - origin.x) * scale.x, (y - origin.y) * scale.y) for x, y in places]
        width, height = self.box.width * scale.x, self.box.height * scale.y
        box = Box(centre.x - width / 2, centre.y - height / 2, width, height)
        return Face(box, Landmarks(*points) if points else None, self.score)

    def mapped_back(self, scale: Point, origin: Point = ORIGIN) -> "Face":
        """Return the face of such a part in pixels of the whole image. The inverse of `mapped`."""
        return self.mapped(Point(1 / scale.x, 1 / scale.y), Point(-origin.x * scale.x, -origin.y * scale.y))


def _clip(start: float, end: float, limit: int) -> tuple[int, int]:
    first = min(max(round(start), 0), limit)
    return first, max(first, min(round(end), limit))
