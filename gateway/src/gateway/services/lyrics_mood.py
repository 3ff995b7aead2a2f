"""The client of lyrics-mood and the JSON that it reads."""

from pydantic import BaseModel, Field

from gateway.services.upstream import Upstream
from musicalface_common.vocabulary import Mood


class WordsSay(BaseModel):
    """The mood of the single words of a text, without their context."""

    mood: Mood
    scores: dict[Mood, float] = Field(
        description="Score of each mood, in the order of the Mood schema; the scores sum to 1"
    )


class LyricsMood(BaseModel):
    """The mood of one text, and whether the model can read it."""

    mood: Mood | None = Field(
        description="The mood with the highest score: the one that listeners would tag the song with; null if the text "
        "has no words"
    )
    scores: dict[Mood, float] | None = Field(
        description="Score of each mood, in the order of the Mood schema; the scores sum to 1; null if the text has no "
        "words"
    )
    words: WordsSay | None = Field(
        description="Mood of the single words, which often differs from the mood that listeners hear; null if the "
        "text has no words, or if the served model does not score single words"
    )
    coverage: float = Field(
        description="Share of the text's words that the model knows, 0 to 1; low means a guess; 0 if the text has none"
    )
    language: str | None = Field(description="Language of the text, ISO 639-1; null if uncertain")
    explicit: bool = Field(
        description="Whether the text has strong English words; words of other languages are not checked"
    )
    trusted: bool = Field(
        description="False if the text is not English or has no or too few known words. The model learned from English "
        "lyrics, so the mood is then hardly better than a guess. True does not mean that the mood is right."
    )


class LyricsMoods(BaseModel):
    """One result per text, in the order of the texts."""

    results: list[LyricsMood]


class LyricsMoodClient:
    """Calls lyrics-mood. It never retries: a call that failed under load would only add load if it were repeated."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def score(self, texts: list[str]) -> LyricsMoods:
        """Score the mood of each text. A text without words gets a result without mood."""
        return await self._upstream.call("POST", "/v1/moods", LyricsMoods, json={"texts": texts})
