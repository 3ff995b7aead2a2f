"""The JSON of the service's responses."""

from pydantic import BaseModel, Field

from musicalface_common.vocabulary import Emotion


class Point(BaseModel):
    """A place in the upright image, in pixels from its left and upper edges."""

    x: float = Field(description="Pixels from the left edge", examples=[203.5])
    y: float = Field(description="Pixels from the upper edge", examples=[101.2])


class Box(BaseModel):
    """A rectangle in whole pixels of the upright image, without the part outside the image."""

    x: int = Field(description="Left edge in pixels", examples=[180])
    y: int = Field(description="Upper edge in pixels", examples=[63])
    width: int = Field(description="Width in pixels", examples=[89])
    height: int = Field(description="Height in pixels", examples=[111])


class Landmarks(BaseModel):
    """Five points of a face. Right and left are the person's own."""

    right_eye: Point
    left_eye: Point
    nose: Point
    right_mouth: Point
    left_mouth: Point


class Regions(BaseModel):
    """The parts of a face that show most of its expression: eyes and mouth."""

    eyes: Box = Field(description="Both eyes with their brows")
    mouth: Box = Field(description="The mouth; width or height is 0 if the mouth is outside the image")


EXAMPLE_SCORES = {
    Emotion.ANGRY: 0.004,
    Emotion.DISGUST: 0.001,
    Emotion.FEAR: 0.006,
    Emotion.HAPPY: 0.942,
    Emotion.SAD: 0.007,
    Emotion.SURPRISE: 0.011,
    Emotion.NEUTRAL: 0.029,
}


class Face(BaseModel):
    """A face and its emotion scores."""

    box: Box
    landmarks: Landmarks | None = Field(description="Null for the Haar detector, which finds none")
    regions: Regions | None = Field(description="Rectangles of eyes and mouth; null if landmarks are null")
    detection_score: float | None = Field(
        description="The detector's confidence, 0 to 1; null for the Haar detector", examples=[0.93]
    )
    emotion: Emotion = Field(description="The emotion with the highest score", examples=[Emotion.HAPPY])
    scores: dict[Emotion, float] = Field(
        description="Score of each emotion, in the order of the Emotion schema; the scores sum to 1",
        examples=[EXAMPLE_SCORES],
    )


class Faces(BaseModel):
    """The faces of one image, largest first."""

    width: int = Field(description="Width of the upright image in pixels", examples=[512])
    height: int = Field(description="Height of the upright image in pixels", examples=[512])
    model: str = Field(description="The model that scored the faces", examples=["face-emotion"])
    faces: list[Face]
