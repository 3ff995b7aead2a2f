"""What the gateway reads from lyrics-mood."""

from pydantic import BaseModel, Field

from gateway.services.upstream import Upstream
from musicalface_common.vocabulary import Mood


class WordsSay(BaseModel):
    """The mood of a text's single words, whatever they are sung about."""

    mood: Mood
    scores: dict[Mood, float] = Field(description="Sum to 1, in the vocabulary's order")


class LyricsMood(BaseModel):
    """The mood of one text."""

    mood: Mood = Field(description="The mood that people would tag the song with")
    scores: dict[Mood, float] = Field(description="Sum to 1, in the vocabulary's order")
    words: WordsSay | None = Field(
        description="What the single words say, which is often not what people hear; null where the served model has "
        "no opinion of its own on that"
    )
    coverage: float = Field(description="Share of the words that the model knows; low means a guess")
    language: str | None = Field(description="Language of the text, ISO 639-1; null where it is not certain")
    explicit: bool = Field(description="Whether strong English words are in it; false says nothing of other languages")
    trusted: bool = Field(
        description="False where the text is not English or too few of its words are known: the model learned "
        "from English lyrics, so the mood is then hardly better than a guess. True does not mean that it is right."
    )


class LyricsMoods(BaseModel):
    """One result a text, in the order of the texts."""

    results: list[LyricsMood]


class LyricsClient:
    """Asks lyrics-mood. Never retries an inference."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def moods(self, texts: list[str]) -> LyricsMoods:
        """Score the mood of each text."""
        return await self._upstream.call("POST", "/v1/moods", LyricsMoods, json={"texts": texts})
