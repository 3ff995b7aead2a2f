"""What the gateway reads from the recommender, and what it can ask for."""

from typing import Literal

from pydantic import BaseModel, Field

from gateway.resilience import Upstream
from musicalface_common.vocabulary import Mood

Policy = Literal["match", "lift"]
Provider = Literal["spotify", "youtube", "soundcloud"]


class Filters(BaseModel):
    """Which tracks may come; what is None does not filter."""

    genre: str | None = None
    language: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    explicit: bool | None = None


class Selection(BaseModel):
    """How many tracks, by which rule, linked where, and which ones not."""

    limit: int
    policy: Policy
    provider: Provider
    exclude: list[str]
    seed: int | None
    filters: Filters


class Search(Filters):
    """A search over the catalogue; what is None does not narrow it."""

    q: str | None = None
    mood: Mood | None = None
    artist: str | None = None
    provider: Provider = "spotify"
    limit: int = 10
    cursor: str | None = None


class Track(BaseModel):
    """One song: facts, the mood that lyrics and listeners give it, and where it plays."""

    id: str = Field(description="12 hexadecimal digits; send it back in `exclude` not to get it again")
    artist: str
    title: str
    year: int | None = Field(description="null where unknown")
    genre: str | None = Field(description="null where unknown")
    language: str | None = Field(description="null where unknown")
    explicit: bool | None = Field(description="Whether its lyrics are explicit; null where unknown")
    tag_mood: Mood | None = Field(description="The mood that people tagged; null where unknown")
    listeners: int | None = Field(
        description="How many listeners of Last.fm's sample play the artist; null where unknown"
    )
    mood: Mood = Field(description="The strongest by lyrics and tags")
    scores: dict[Mood, float] = Field(description="What the lyrics model gave")
    url: str = Field(description="A playable link, or the provider's search for it")
    embed_url: str | None = Field(description="A player to embed; null where none is known")


class Recommended(BaseModel):
    """Tracks, best first, and what the service went without."""

    tracks: list[Track]
    degraded: list[str]


class FoundTracks(BaseModel):
    """One page of the catalogue."""

    tracks: list[Track]
    next_cursor: str | None = Field(description="Send as `cursor` for the next page; null on the last")


class RecommenderClient:
    """Asks the recommender. Both calls read only, so that one may be repeated once."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def recommend(self, mood: Mood, scores: dict[Mood, float], selection: Selection) -> Recommended:
        """Choose tracks for a mood, which leads, and its scores, which weigh."""
        wish = {"mood": mood, "scores": scores, **selection.model_dump()}
        return await self._upstream.call("POST", "/v1/recommendations", Recommended, retries=1, json=wish)

    async def search(self, search: Search) -> FoundTracks:
        """Return one page of the catalogue."""
        query = search.model_dump(exclude_none=True)
        return await self._upstream.call("GET", "/v1/tracks", FoundTracks, retries=1, params=query)
