"""The JSON of the gateway's requests and responses."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from gateway.examples import TEXTS
from gateway.services.face_emotion import Face
from gateway.services.recommender import Degradations, RankedTracks, Track
from musicalface_common.vocabulary import Emotion, Mood

__all__ = [
    "EmotionReading",
    "Lyrics",
    "MoodEmotions",
    "MoodMapping",
    "MoodReading",
    "MoodTracks",
    "PhotoEmotions",
    "Recommendation",
    "Track",
]

MAX_TEXTS = 100
MAX_CHARACTERS = 50_000

# Six decimal places, as in the services' responses. Further places of sums and means are only rounding errors.
Score = Annotated[float, AfterValidator(lambda score: round(score, 6))]


class EmotionReading(BaseModel):
    """The strongest emotion, and the scores of all seven."""

    label: Emotion
    scores: dict[Emotion, Score] = Field(
        description="Score of each emotion, in the order of the Emotion schema; the scores sum to 1"
    )


class MoodReading(BaseModel):
    """The mood of the strongest emotion, and the scores of all moods."""

    label: Mood
    scores: dict[Mood, Score] = Field(description="Sum of the scores of the mood's emotions; the scores sum to 1")


class Recommendation(BaseModel):
    """The emotion and the mood of a photo, and the songs that fit."""

    emotion: EmotionReading
    mood: MoodReading
    faces: list[Face] = Field(description="The faces that decide the emotion, largest first")
    tracks: list[Track] = Field(description="Songs, best first, each artist at most once")
    degraded: Degradations


class PhotoEmotions(BaseModel):
    """The faces of a photo, largest first."""

    faces: list[Face]
    width: int = Field(description="Width of the upright photo in pixels")
    height: int = Field(description="Height of the upright photo in pixels")


class MoodEmotions(BaseModel):
    """A mood and the emotions that lead to it."""

    mood: Mood
    emotions: list[Emotion]


class MoodMapping(BaseModel):
    """The mapping from emotions to moods."""

    moods: list[MoodEmotions]


class MoodTracks(RankedTracks):
    """A mood and songs of this mood."""

    mood: Mood


class Lyrics(BaseModel):
    """Song lyrics to score."""

    texts: list[Annotated[str, StringConstraints(max_length=MAX_CHARACTERS)]] = Field(
        min_length=1,
        max_length=MAX_TEXTS,
        description="One text per song; the server does not store them",
        examples=[TEXTS],
    )
