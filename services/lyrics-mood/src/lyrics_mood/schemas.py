"""Request and response bodies of `POST /v1/moods`."""

from typing import Annotated

from pydantic import BaseModel, Field

from musicalface_common.vocabulary import MOODS, Mood

MAX_TEXTS = 100
MAX_LENGTH = 50_000

Text = Annotated[str, Field(max_length=MAX_LENGTH)]
Score = Annotated[float, Field(ge=0, le=1)]


class MoodsRequest(BaseModel):
    """Lyrics to classify. The service neither stores nor logs them."""

    texts: list[Text] = Field(
        min_length=1,
        max_length=MAX_TEXTS,
        description=f"One text per song, each of at most {MAX_LENGTH:,} characters",
        examples=[["Sunshine and laughter, dancing till the morning with the people that I love"]],
    )


class MoodScores(BaseModel):
    """One score per mood, 0 to 1. The four scores sum to 1."""

    angry: Score
    sad: Score
    happy: Score
    relaxed: Score

    @property
    def mood(self) -> Mood:
        """The mood with the highest score. If scores are equal, the first one in the order of MOODS."""
        return max(MOODS, key=lambda mood: float(getattr(self, mood)))


class WordsSay(BaseModel):
    """The mood of the single words of a text, without their context, as the data set MoodyLyrics labels songs."""

    mood: Mood = Field(description="The mood with the highest score", examples=["happy"])
    scores: MoodScores


class TextMood(BaseModel):
    """The mood of one text, and whether the model can read it."""

    mood: Mood | None = Field(
        description="The mood with the highest score: the one that listeners would tag the song with; null if the text "
        "has no words",
        examples=["happy"],
    )
    scores: MoodScores | None = Field(description="Null if the text has no words")
    words: WordsSay | None = Field(
        description="Mood of the single words, which often differs from the mood that listeners hear; null if the "
        "text has no words, or if the served model does not score single words"
    )
    coverage: Score = Field(
        description="Share of the text's words that the model knows, 0 to 1; 0 if the text has none", examples=[1.0]
    )
    language: str | None = Field(description="Language of the text, ISO 639-1; null if uncertain", examples=["en"])
    explicit: bool = Field(
        description="Whether the text has strong English words; words of other languages are not checked",
        examples=[False],
    )
    trusted: bool = Field(
        description="False: the model cannot read this text, and mood and scores are hardly better than a guess. "
        "The model learned from English lyrics, so it does not trust a text in another language or with too few "
        "known words. True does not mean that the mood is right.",
        examples=[True],
    )


WORDLESS = TextMood(mood=None, scores=None, words=None, coverage=0, language=None, explicit=False, trusted=False)


class MoodsAnswer(BaseModel):
    """One result per text, in the order of the texts."""

    model: str = Field(description="Name of the model that scored the texts", examples=["lyrics-mood"])
    results: list[TextMood]
