"""Turn a picture upright by its EXIF orientation (Exif 2.32, tag 274).

Pillow would read all entries, and print a line for each broken one: thousands for a photo that is made for it.
"""

import struct
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
ORIENTATION = 274
UNSIGNED_SHORT = 3

UPRIGHT: Mapping[int, Callable[[npt.NDArray[np.uint8]], Any]] = {
    2: partial(cv2.flip, flipCode=1),
    3: partial(cv2.rotate, rotateCode=cv2.ROTATE_180),
    4: partial(cv2.flip, flipCode=0),
    5: cv2.transpose,
    6: partial(cv2.rotate, rotateCode=cv2.ROTATE_90_CLOCKWISE),
    7: lambda rgb: cv2.flip(cv2.transpose(rgb), -1),
    8: partial(cv2.rotate, rotateCode=cv2.ROTATE_90_COUNTERCLOCKWISE),
}


class Picture(NamedTuple):
    """A decoded picture: uint8 (h, w, 3) RGB as it is stored, and its EXIF data, which may be empty or broken."""

    rgb: npt.NDArray[np.uint8]
    exif: bytes = b""


def upright(picture: Picture) -> npt.NDArray[np.uint8]:
    """Return the picture's pixels as an image viewer shows them."""
    turn = UPRIGHT.get(_orientation(picture.exif))
    return np.asarray(turn(picture.rgb), np.uint8) if turn else picture.rgb


def _orientation(exif: bytes) -> int:
    """Return the EXIF orientation, or 1 (upright) where the EXIF data is missing or broken."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = BYTE_ORDERS.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 1
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    count = int.from_bytes(tiff[start : start + 2], "little" if order == "<" else "big")
    entries = tiff[start + 2 : start + 2 + 12 * count]
    for tag, kind, _, first, second in struct.iter_unpack(order + "HHIHH", entries[: len(entries) // 12 * 12]):
        if tag == ORIENTATION:
            return int(first if kind == UNSIGNED_SHORT or order == "<" else second)
    return 1
