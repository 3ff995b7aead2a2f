"""No picture costs much more than it looks: it is refused before it is decoded, or decoded within a second."""

import time
from collections.abc import Callable

import pytest
from support.costly_pictures import READ, REFUSED

from face_emotion.image.decode import decode
from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

BODY_LIMIT = 8 * 1024 * 1024


@pytest.mark.parametrize("name", REFUSED)
def test_a_costly_picture_is_refused_at_once(name: str) -> None:
    make, words = REFUSED[name]
    data = make()
    assert len(data) <= BODY_LIMIT
    started = time.thread_time()
    with pytest.raises((ImageTooLarge, UnreadableImage, UnsupportedImage), match=words):
        decode(data)
    assert time.thread_time() - started < 0.4, "seconds"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Pillow's, of broken EXIF data
@pytest.mark.parametrize("make", READ.values(), ids=READ.keys())
def test_no_picture_that_is_read_takes_a_second(make: Callable[[], bytes]) -> None:
    data = make()
    assert len(data) <= BODY_LIMIT
    started = time.thread_time()
    decode(data)
    assert time.thread_time() - started < 1.5, "seconds: 1 on a machine that does nothing else"
