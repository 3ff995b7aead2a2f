"""How FER2013 frames a face: where a network trained on FER2013 expects the landmarks in a crop.

The coordinates are fractions of the crop's side. They are medians over 1,464 faces of FER2013's Training part, which
YuNet found in images enlarged four times.
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
    """Return the side of FER2013's square frame around a face: the longer side of the face's box, in the same unit.

    In FER2013's 48 pixels, YuNet's box has a median height of 47.6 to 51.6 pixels, depending on the surroundings of the
    enlarged image, and the same middle as the frame. The middle of Viola and Jones' box is 2.3 pixels off. Boxes vary
    less in place and size than landmarks do.
    """
    return max(box.width, box.height)


def tilt(landmarks: Landmarks | None) -> float:
    """Return the tilt of a face: its rotation in the image plane, in degrees clockwise.

    The tilt is 0 if there are no landmarks, or if all five coincide. It is the rotation of the least-squares similarity
    transform from the frame's landmarks to the face's (Umeyama 1991): the phase of one sum, if points are complex
    numbers. All five points count, so that two badly placed eyes do not decide the result.
    """
    if landmarks is None:
        return 0.0
    pairs = zip(_around_centre(LANDMARKS), _around_centre(landmarks), strict=True)
    return math.degrees(cmath.phase(sum((level.conjugate() * found for level, found in pairs), 0j)))


def _around_centre(landmarks: Landmarks) -> list[complex]:
    centre = complex(*landmarks.centre)
    return [complex(*point) - centre for point in landmarks]
