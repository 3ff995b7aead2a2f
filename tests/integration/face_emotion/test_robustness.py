"""The emotion stays the same in worse versions of a photo."""

from collections.abc import Callable

import numpy as np
import pytest
from support.photos import Pixels, blurred, brightened, encode, exposed, grey, shrunken, stored_as, turned

from face_emotion.classifier import load_classifier
from face_emotion.detection.detector import load_detector
from face_emotion.image.bounds import MAX_PIXELS
from face_emotion.image.decode import decode
from face_emotion.recognizer import FaceChoice, Recognition, Recognizer
from musicalface_common.errors import NoFace

# The height of the astronaut's face in the unchanged photo, in pixels.
FACE_HEIGHT = 112


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(load_detector(), load_classifier(), MAX_PIXELS)


@pytest.fixture(scope="module")
def plain(recognizer: Recognizer, astronaut: bytes) -> Recognition:
    return recognizer.recognize(astronaut, FaceChoice.LARGEST)


VARIANTS: dict[str, Callable[[Pixels], bytes]] = {
    "tilted by -30 degrees": lambda rgb: encode(turned(rgb, -30)),
    "tilted by -15 degrees": lambda rgb: encode(turned(rgb, -15)),
    "tilted by 15 degrees": lambda rgb: encode(turned(rgb, 15)),
    "tilted by 30 degrees": lambda rgb: encode(turned(rgb, 30)),
    "a third of the light": lambda rgb: encode(exposed(rgb, 1 / 3)),
    "three times the light": lambda rgb: encode(exposed(rgb, 3)),
    "a third of the values": lambda rgb: encode(brightened(rgb, 1 / 3)),
    "blurred": lambda rgb: encode(blurred(rgb, 2)),
    "a face of 24 pixels": lambda rgb: encode(shrunken(rgb, 24 / FACE_HEIGHT)),
    "JPEG quality 20": lambda rgb: encode(rgb, quality=20),
    "grey": lambda rgb: encode(grey(rgb)),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_the_emotion_stays(
    recognizer: Recognizer, plain: Recognition, astronaut_rgb: Pixels, variant: Callable[[Pixels], bytes]
) -> None:
    seen = recognizer.recognize(variant(astronaut_rgb), FaceChoice.LARGEST)
    assert seen.scores.argmax() == plain.scores.argmax(), seen.scores.round(3).tolist()


def test_a_nearly_white_face_is_not_found(recognizer: Recognizer, astronaut_rgb: Pixels) -> None:
    """At three times the pixel values, 78% of the face is pure white, and YuNet's score is only 0.25."""
    with pytest.raises(NoFace):
        recognizer.recognize(encode(brightened(astronaut_rgb, 3)), FaceChoice.LARGEST)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_emotion_stays_for_every_exif_orientation(
    recognizer: Recognizer, plain: Recognition, astronaut_rgb: Pixels, orientation: int
) -> None:
    photo = stored_as(astronaut_rgb, orientation)
    assert np.abs(decode(photo).astype(int) - astronaut_rgb).mean() < 5
    assert recognizer.recognize(photo, FaceChoice.LARGEST).scores.argmax() == plain.scores.argmax()
