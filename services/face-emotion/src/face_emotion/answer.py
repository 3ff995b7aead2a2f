"""Turns a recognition into the JSON of the response."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from face_emotion import schemas
from face_emotion.geometry import Box, Face, Landmarks
from face_emotion.recognizer import Recognition
from face_emotion.regions import Regions, face_regions
from musicalface_common.vocabulary import SEVEN_EMOTIONS, Emotion


def answer(recognition: Recognition, model: str, labels: Sequence[str]) -> schemas.Faces:
    """Return the JSON of a recognition. `labels` are the scored emotions: all of the model, or its first seven."""
    size = recognition.width, recognition.height
    scores = _fold_contempt(recognition.scores.astype(np.float64), len(labels))
    faces = [_face(face, size, labels, row) for face, row in zip(recognition.faces, scores, strict=True)]
    return schemas.Faces(width=recognition.width, height=recognition.height, model=model, faces=faces)


def _fold_contempt(scores: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    """Return the first `count` columns. If contempt is not among them, add it to disgust, the most similar emotion."""
    kept = scores[:, :count]
    kept[:, SEVEN_EMOTIONS.index(Emotion.DISGUST)] += scores[:, count:].sum(axis=1)
    return kept


def _face(face: Face, size: tuple[int, int], labels: Sequence[str], scores: npt.NDArray[np.float64]) -> schemas.Face:
    regions = face_regions(face)
    return schemas.Face(
        box=_box(face.box, size),
        landmarks=_landmarks(face.landmarks) if face.landmarks else None,
        regions=_regions(regions, size) if regions else None,
        detection_score=None if face.score is None else round(face.score, 4),
        emotion=Emotion(labels[int(np.argmax(scores))]),
        scores={Emotion(label): round(float(score), 6) for label, score in zip(labels, scores, strict=True)},
    )


def _landmarks(landmarks: Landmarks) -> schemas.Landmarks:
    points = (schemas.Point(x=round(x, 1), y=round(y, 1)) for x, y in landmarks)
    return schemas.Landmarks(**dict(zip(landmarks._fields, points, strict=True)))


def _regions(regions: Regions, size: tuple[int, int]) -> schemas.Regions:
    return schemas.Regions(eyes=_box(regions.eyes, size), mouth=_box(regions.mouth, size))


def _box(box: Box, size: tuple[int, int]) -> schemas.Box:
    x, y, width, height = box.clipped(*size)
    return schemas.Box(x=x, y=y, width=width, height=height)
