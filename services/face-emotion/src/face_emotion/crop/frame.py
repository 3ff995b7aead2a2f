"""How FER2013 frames a face: what a network that learnt from it expects to see in a crop.

Medians over 1,464 faces of its Training part, enlarged four times and found by YuNet, in the crop's sides.
"""

import cmath
import math

from face_emotion.geometry import Box, Landmarks, Point

LANDMARKS = Landmarks(
    right_eye=Point(0.314, 0.379),
    left_eye=Point(0.686, 0.379),
    nose=Point(0.5, 0.583),
    right_mouth=Point(0.348, 0.745),
    left_mouth=Point(0.652, 0.745),
)


def side(box: Box) -> float:
    """Return the side of the frame around a face's box, in pixels.

    YuNet's box is as high as the frame (in the median 47.6 to 51.6 of 48, by what surrounds the enlarged image) and
    has its middle, Viola and Jones' box but for 2.3. They tell place and size more steadily than landmarks do.
    """
    return max(box.width, box.height)


def tilt(landmarks: Landmarks) -> float:
    """Return the degrees by which a face is turned clockwise; 0 where all its points coincide.

    The turn of the least-squares similarity from the frame's landmarks to the face's (Umeyama 1991), which in
    complex numbers is one sum: all five points have their say, so that two eyes found badly do not decide alone.
    """
    pairs = zip(_around_centre(LANDMARKS), _around_centre(landmarks), strict=True)
    return math.degrees(cmath.phase(sum((level.conjugate() * found for level, found in pairs), 0j)))


def _around_centre(landmarks: Landmarks) -> list[complex]:
    centre = complex(*landmarks.centre)
    return [complex(*point) - centre for point in landmarks]
