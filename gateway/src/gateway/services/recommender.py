"""What the gateway reads from the recommender, and what it can ask for."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from gateway.services.upstream import Upstream
from musicalface_common.vocabulary import Mood

Policy = Literal["match", "lift"]
Provider = Literal["spotify", "youtube", "soundcloud"]
Degraded = Annotated[
    list[str],
    Field(
        description="What the answer went without; empty when nothing is missing. `redis`: its memory across requests. "
        "`few-candidates`: fewer songs fit than were asked for. `spotify-limited`: Spotify wants no calls for now, "
        "`spotify-slow`: it was not in time, `spotify-unavailable`: it did not answer; `youtube-` and `soundcloud-` "
        "alike. Songs that could not be looked up carry what the catalogue knows, else a search link."
    ),
]


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
    url: str = Field(description="Its page at the provider, or the provider's search for it")
    embed_url: str | None = Field(description="The provider's player, to embed; null where none is known")
    artwork_url: str | None = Field(
        description="The provider's picture, to be shown unaltered beside the link; null where none is known"
    )
    duration_ms: int | None = Field(description="As the provider says; null where it is not known")


class Recommended(BaseModel):
    """Tracks, best first, and what the service went without."""

    tracks: list[Track]
    degraded: Degraded


class FoundTrack(BaseModel):
    """One song, and what the service went without."""

    track: Track
    degraded: Degraded


class FoundTracks(BaseModel):
    """One page of the catalogue."""

    tracks: list[Track]
    next_cursor: str | None = Field(description="Send as `cursor` for the next page; null on the last")


class RecommenderClient:
    """Asks the recommender. All calls read only, so that each may be repeated once."""

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

    async def track(self, identity: str, provider: Provider) -> FoundTrack:
        """Return one song, looked up at a provider. Raises UnknownTrack."""
        query = {"provider": provider}
        return await self._upstream.call("GET", f"/v1/tracks/{identity}", FoundTrack, retries=1, params=query)
