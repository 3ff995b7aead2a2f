"""What the gateway reads from face-emotion."""

from typing import Literal

from pydantic import BaseModel, Field

from gateway.services.upstream import Upstream
from musicalface_common.vocabulary import Emotion

FaceChoice = Literal["largest", "all", "single"]
EmotionCount = Literal[7, 8]


class Box(BaseModel):
    """A rectangle in pixels of the upright photo, inside it."""

    x: int
    y: int
    width: int
    height: int


class Point(BaseModel):
    """A place in pixels of the upright photo."""

    x: float
    y: float


class Landmarks(BaseModel):
    """Five places of a face; right and left are the person's own."""

    right_eye: Point
    left_eye: Point
    nose: Point
    right_mouth: Point
    left_mouth: Point


class Regions(BaseModel):
    """The parts of a face that tell most of its expression, inside the photo."""

    eyes: Box = Field(description="Both eyes with their brows")
    mouth: Box = Field(description="The mouth; width and height are 0 where it lies outside the photo")


class Face(BaseModel):
    """One face and what it shows."""

    box: Box
    landmarks: Landmarks | None = Field(description="null where the detector finds none (Haar)")
    regions: Regions | None = Field(description="Eyes and mouth, to crop; null where there are no landmarks (Haar)")
    detection_score: float | None = Field(description="How sure the detector is, 0 to 1; null for Haar")
    emotion: Emotion = Field(description="The strongest of the scores")
    scores: dict[Emotion, float] = Field(description="Sum to 1, in the vocabulary's order")


class FoundFaces(BaseModel):
    """The faces of a photo, largest first."""

    width: int = Field(description="Of the upright photo, in pixels")
    height: int = Field(description="Of the upright photo, in pixels")
    faces: list[Face] = Field(min_length=1)


class FaceClient:
    """Asks face-emotion. Never retries: an inference that failed under load would fail twice."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def find(self, photo: bytes, emotions: EmotionCount, faces: FaceChoice) -> FoundFaces:
        """Find the faces of a photo and score their emotions."""
        query = {"emotions": emotions, "faces": faces}
        return await self._upstream.call("POST", "/v1/faces", FoundFaces, params=query, content=photo)
