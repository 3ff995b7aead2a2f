"""What the gateway takes in and answers with."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from gateway.examples import TEXTS
from gateway.services.face_emotion import Face
from gateway.services.recommender import Degraded, Recommended, Track
from musicalface_common.vocabulary import Emotion, Mood

MAX_TEXTS = 100
MAX_CHARACTERS = 50_000

# Six digits, as the services give: sums and means must not show their last bits.
Score = Annotated[float, AfterValidator(lambda score: round(score, 6))]


class EmotionReading(BaseModel):
    """The emotion that leads, and all seven."""

    label: Emotion
    scores: dict[Emotion, Score] = Field(description="Sum to 1, in FER2013's order")


class MoodReading(BaseModel):
    """The mood of the leading emotion, and the sums of the emotions' scores."""

    label: Mood
    scores: dict[Mood, Score] = Field(description="Sum to 1")


class Recommendation(BaseModel):
    """What a photo shows and the songs that fit."""

    emotion: EmotionReading
    mood: MoodReading
    faces: list[Face] = Field(description="The faces that were read, largest first")
    tracks: list[Track] = Field(description="Best first, no artist twice")
    degraded: Degraded


class PhotoEmotions(BaseModel):
    """The faces of a photo, largest first."""

    faces: list[Face]
    width: int = Field(description="Of the upright photo, in pixels")
    height: int = Field(description="Of the upright photo, in pixels")


class MoodEmotions(BaseModel):
    """A mood and the emotions that lead to it."""

    mood: Mood
    emotions: list[Emotion]


class MoodMapping(BaseModel):
    """The whole table from emotions to moods."""

    moods: list[MoodEmotions]


class MoodTracks(Recommended):
    """Songs of a mood."""

    mood: Mood


class Lyrics(BaseModel):
    """Texts to read."""

    texts: list[Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS)]] = Field(
        min_length=1,
        max_length=MAX_TEXTS,
        description="Each with at least one word; nothing of them is kept",
        examples=[TEXTS],
    )
