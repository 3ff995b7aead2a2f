"""The client of face-emotion and the JSON that it reads."""

from typing import Literal

from pydantic import BaseModel, Field

from gateway.services.upstream import Upstream
from musicalface_common.vocabulary import Emotion

FaceChoice = Literal["largest", "all", "single"]
EmotionCount = Literal[7, 8]


class Box(BaseModel):
    """A rectangle in whole pixels of the upright photo, without the part outside the photo."""

    x: int
    y: int
    width: int
    height: int


class Point(BaseModel):
    """A place in the upright photo, in pixels from its left and upper edges."""

    x: float
    y: float


class Landmarks(BaseModel):
    """Five points of a face. Right and left are the person's own."""

    right_eye: Point
    left_eye: Point
    nose: Point
    right_mouth: Point
    left_mouth: Point


class Regions(BaseModel):
    """The parts of a face that show most of its expression, eyes and mouth, clipped to the photo."""

    eyes: Box = Field(description="Both eyes with their brows")
    mouth: Box = Field(description="The mouth; width or height is 0 if the mouth is outside the photo")


class Face(BaseModel):
    """A face and its emotion scores."""

    box: Box
    landmarks: Landmarks | None = Field(description="null for the Haar detector, which finds none")
    regions: Regions | None = Field(description="Rectangles of eyes and mouth; null if landmarks are null")
    detection_score: float | None = Field(description="The detector's confidence, 0 to 1; null for the Haar detector")
    emotion: Emotion = Field(description="The emotion with the highest score")
    scores: dict[Emotion, float] = Field(
        description="Score of each emotion, in the order of the Emotion schema; the scores sum to 1"
    )


class FoundFaces(BaseModel):
    """The faces of a photo, largest first."""

    width: int = Field(description="Width of the upright photo in pixels")
    height: int = Field(description="Height of the upright photo in pixels")
    faces: list[Face] = Field(min_length=1)


class FaceEmotionClient:
    """Calls face-emotion. It never retries: a call that failed under load would only add load if it were repeated."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def find_faces(self, photo: bytes, emotions: EmotionCount, faces: FaceChoice) -> FoundFaces:
        """Find the faces of a photo and score 7 or 8 emotions of each. Raises NoFace, ManyFaces and image problems."""
        query = {"emotions": emotions, "faces": faces}
        return await self._upstream.call("POST", "/v1/faces", FoundFaces, params=query, content=photo)
