"""How FER2013 frames a face: where a network trained on FER2013 expects the landmarks in a crop.

The places are fractions of the crop's side: medians over 1,464 faces of FER2013's Training part, enlarged four times
and found by YuNet.
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
    """Return the side of FER2013's square frame around a face's box, in pixels.

    YuNet's box is as high as the frame (median 47.6 to 51.6 pixels of 48, depending on the surroundings of the enlarged
    image) and has the same middle; the middle of Viola and Jones' box is 2.3 pixels off. Boxes give place and size more
    steadily than landmarks do.
    """
    return max(box.width, box.height)


def tilt(landmarks: Landmarks | None) -> float:
    """Return the degrees by which a face is turned clockwise; 0 where it has no landmarks, or all five coincide.

    This is the rotation of the least-squares similarity from the frame's landmarks to the face's (Umeyama 1991), in
    complex numbers a single sum. It uses all five points, so that two badly placed eyes do not decide the result.
    """
    if landmarks is None:
        return 0.0
    pairs = zip(_around_centre(LANDMARKS), _around_centre(landmarks), strict=True)
    return math.degrees(cmath.phase(sum((level.conjugate() * found for level, found in pairs), 0j)))


def _around_centre(landmarks: Landmarks) -> list[complex]:
    centre = complex(*landmarks.centre)
    return [complex(*point) - centre for point in landmarks]
