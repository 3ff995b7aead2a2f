"""RGB array to faces: by YuNet (Wu et al. 2023), or by Viola and Jones' cascade of Haar features (2001)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from face_emotion.crop.resizing import shrink
from face_emotion.detection.close_up import CloseUp
from face_emotion.detection.haar import Haar
from face_emotion.detection.yunet import YuNet
from face_emotion.geometry import Face, Point

LONG_SIDE = 640
# In nearly every photo of one face, the face is large enough at 320 pixels, and the search takes a quarter of the time.
FIRST_LONG_SIDE = 320

# At 0.5 and 0.6 YuNet finds faces in photos without faces, and only few more small faces.
YUNET_MIN_SCORE = 0.7

FindFaces = Callable[[npt.NDArray[np.uint8]], list[Face]]
RefineFace = Callable[[npt.NDArray[np.uint8], Face], Face]


@dataclass(frozen=True)
class Detector:
    """Finds the faces of uint8 (h, w, 3) RGB images, in pixels of the image. Safe to call from any thread.

    `find` returns the faces of an image without resizing it. `refine` looks at a found face a second time and returns
    it with better landmarks. `long_sides` lists the sizes, in pixels of the longer side, that `largest` reduces an
    image to, one after the other, until it finds a face.
    """

    find: FindFaces
    refine: RefineFace
    long_sides: Sequence[int]

    def all_faces(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find all faces of an image reduced to at most 640 pixels a side, largest first. They are not refined."""
        return self._search(rgb, LONG_SIDE)

    def largest(self, rgb: npt.NDArray[np.uint8]) -> Face | None:
        """Find the largest face and refine it. Return None if the image has no face."""
        for long_side in self.long_sides:
            if faces := self._search(rgb, long_side):
                return self.refine(rgb, faces[0])
        return None

    def _search(self, rgb: npt.NDArray[np.uint8], long_side: int) -> list[Face]:
        small, scale = shrink(rgb, long_side)
        return _in_image(self.find(small), scale, rgb)


def load_detector(name: str = "yunet") -> Detector:
    """Load a detector by its name, `yunet` or `haar`.

    Raises KeyError for another name, and ModelError if the weights are missing or altered.
    """
    return DETECTORS[name]()


def _yunet() -> Detector:
    network = YuNet()
    find = partial(network.faces, min_score=YUNET_MIN_SCORE)
    return Detector(find, refine=CloseUp(network.faces).refine, long_sides=(FIRST_LONG_SIDE, LONG_SIDE))


def _haar() -> Detector:
    # The cascade finds no landmarks, so there is nothing to refine.
    return Detector(Haar().faces, refine=lambda _, face: face, long_sides=(LONG_SIDE,))


DETECTORS: dict[str, Callable[[], Detector]] = {"yunet": _yunet, "haar": _haar}


def _in_image(faces: Iterable[Face], scale: Point, rgb: npt.NDArray[np.uint8]) -> list[Face]:
    """Map faces to pixels of the full image, drop those outside the image, and sort the rest, largest first."""
    height, width = rgb.shape[:2]
    full = (face.mapped_back(scale) for face in faces)
    inside = (face for face in full if all(face.box.clipped(width, height)[2:]))
    return sorted(inside, key=lambda face: face.box.area, reverse=True)
