"""The bodies of `POST /v1/moods`."""

from typing import Annotated

from pydantic import BaseModel, Field

from musicalface_common.vocabulary import MOODS, Mood

MAX_TEXTS = 100
MAX_LENGTH = 50_000

Text = Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]
Score = Annotated[float, Field(ge=0, le=1)]


class MoodsRequest(BaseModel):
    """Lyrics to classify. They are neither kept nor logged."""

    texts: list[Text] = Field(
        min_length=1,
        max_length=MAX_TEXTS,
        description=f"One song a text, each of at most {MAX_LENGTH:,} characters",
        examples=[["Sunshine and laughter, dancing till the morning with the people that I love"]],
    )


class MoodScores(BaseModel):
    """One score a mood; they sum to 1."""

    angry: Score
    sad: Score
    happy: Score
    relaxed: Score

    @property
    def mood(self) -> Mood:
        """The mood of the highest score, the first of equals."""
        return max(MOODS, key=lambda mood: float(getattr(self, mood)))


class WordsSay(BaseModel):
    """The mood of a text's single words, whatever they are sung about (MoodyLyrics' labels)."""

    mood: Mood = Field(description="The mood with the highest score", examples=["happy"])
    scores: MoodScores


class TextMood(BaseModel):
    """What the model says of one text."""

    mood: Mood = Field(description="The mood that people would tag the song with", examples=["happy"])
    scores: MoodScores
    words: WordsSay | None = Field(
        description="What the single words say, which is often not what people hear; null where the served model "
        "has no opinion of its own on that"
    )
    coverage: Score = Field(description="Share of the text's words that the model knows", examples=[1.0])
    language: str | None = Field(
        description="Language of the text, ISO 639-1; null where it is not certain", examples=["en"]
    )
    explicit: bool = Field(
        description="Whether strong English words are in it; false says nothing of other languages", examples=[False]
    )
    trusted: bool = Field(
        description="False: the model cannot read this text, and mood and scores are hardly better than a guess. "
        "It learned from English lyrics, so a text in another language, or with too few of its words known, "
        "is not trusted. True does not mean that the mood is right.",
        examples=[True],
    )


class MoodsAnswer(BaseModel):
    """One result a text, in the order of the texts."""

    model: str = Field(description="The model that was asked", examples=["lyrics-mood"])
    results: list[TextMood]
