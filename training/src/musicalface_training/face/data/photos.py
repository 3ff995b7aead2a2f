"""Photos of any other set as labelled crops, cut out by the service's own functions. No photo is kept."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from face_emotion.crop.aligner import crop_faces
from face_emotion.crop.preprocessing import CROP_SIZE
from face_emotion.detection.detector import Detector, load_detector
from face_emotion.image.decode import decode
from face_emotion.recognizer import FaceChoice, find_faces
from musicalface_common.errors import Problem, UnreadableImage
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS, Emotion
from musicalface_training.arrays import Pixels
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.evaluation_set import EvaluationSet, describe
from musicalface_training.face.data.listing import Photo, list_photos


def load_photos(source: Path) -> EvaluationSet:
    """Load a set that list_photos lists: the largest face of each photo, over eight emotions if the set has contempt.

    Counts a picture that cannot be read or shows no face as skipped. Raises DatasetError if none is left.
    """
    crops, emotions, skipped = _crop_all(list_photos(source), load_detector())
    if not crops:
        raise DatasetError(f"{source} has no picture that can be used: {describe(skipped)}")
    names = EIGHT_EMOTIONS if Emotion.CONTEMPT in emotions else SEVEN_EMOTIONS
    seen = np.array([names.index(emotion) for emotion in emotions], np.int64)
    return EvaluationSet(source.resolve().name, "--photos FOLDER", np.stack(crops), seen, names, skipped=skipped)


def crop_photo(data: bytes, detector: Detector) -> Pixels:
    """Cut the largest face out of an image's bytes: uint8 (48, 48). A grey image of that size is a crop already.

    Raises the errors of image.decode, and NoFace.
    """
    rgb = decode(data)
    if rgb.shape[:2] == (CROP_SIZE, CROP_SIZE) and np.all(rgb == rgb[..., :1]):
        return rgb[..., 0]
    return crop_largest(rgb, detector)


def crop_largest(rgb: Pixels, detector: Detector) -> Pixels:
    """Cut the largest face out of a uint8 (h, w, 3) image, as the service does: uint8 (48, 48). Raises NoFace."""
    [crop] = crop_faces(rgb, find_faces(detector, rgb, FaceChoice.LARGEST))
    return np.asarray(crop)


def _crop_all(photos: Sequence[Photo], detector: Detector) -> tuple[list[Pixels], list[Emotion], Counter[str]]:
    crops, emotions = [], []
    skipped: Counter[str] = Counter()
    for path, emotion in tqdm(photos, desc="finding faces", unit="photo"):
        try:
            crops.append(crop_photo(_read(path), detector))
            emotions.append(emotion)
        except Problem as problem:
            skipped[problem.type] += 1
    return crops, emotions, skipped


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableImage from error
