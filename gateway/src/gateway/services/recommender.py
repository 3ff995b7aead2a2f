"""The client of the recommender, the options that it sends and the JSON that it reads."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from gateway.services.upstream import Upstream
from musicalface_common.vocabulary import Mood

Policy = Literal["match", "lift"]
Provider = Literal["spotify", "youtube", "soundcloud"]
Kind = Literal["instrumental", "hymn", "sketch"]
Season = Literal["christmas", "halloween", "new-year"]
Harm = Literal["sexual-violence", "hatred", "killing", "suicide"]
Degradations = Annotated[
    list[str],
    Field(
        description="What is missing from the response; empty if nothing is. `redis`: the shared cache is away. "
        "`few-candidates`: fewer songs fit than requested. `spotify-limited`: Spotify accepts no calls for now, "
        "`spotify-slow`: it did not respond in time, `spotify-unavailable`: the call failed; the same for `youtube-` "
        "and `soundcloud-`. A song that was not looked up has the catalogue's link, or a search link."
    ),
]


class Filters(BaseModel):
    """The facts that all tracks must have. An option that is None does not filter."""

    genre: str | None
    language: str | None
    year_from: int | None
    year_to: int | None
    explicit: bool | None
    season: Season | None = None
    kind: Kind | None = None


class Selection(BaseModel):
    """The options of a recommendation. `exclude` contains ids of tracks to leave out."""

    limit: int
    policy: Policy
    provider: Provider
    exclude: list[str]
    seed: int | None
    filters: Filters


class Search(Filters):
    """The options of a search in the catalogue. An option that is None does not filter."""

    q: str | None
    mood: Mood | None
    artist: str | None
    provider: Provider
    limit: int
    cursor: str | None


class Track(BaseModel):
    """A song: its facts, its mood by people and lyrics, and its links to the provider."""

    id: str = Field(description="12 hexadecimal digits; send it in `exclude` to leave the song out next time")
    artist: str
    title: str
    year: int | None = Field(description="null if unknown")
    genre: str | None = Field(description="The main genre; null if unknown")
    genres: list[str] = Field(description="Up to three genres, the main one first")
    language: str | None = Field(description="null if unknown")
    explicit: bool | None = Field(description="Whether the lyrics are explicit; null if unknown")
    tag_mood: Mood | None = Field(description="The mood that listeners tagged; null if unknown")
    listeners: int | None = Field(
        description="Number of listeners in a sample of Last.fm who play the artist; null if unknown"
    )
    chart_peak: int | None = Field(description="Best place in the US Hot 100; null if none is known")
    chart_weeks: int | None = Field(description="Weeks in the US Hot 100; null if none are known")
    kind: Kind | None = Field(description="What it is, where it is not simply a song")
    season: Season | None = Field(description="The time of the year that the song is for; null for any")
    harm: Harm | None = Field(
        description="The worst that the song speaks for; null if none was found. Such songs are in no list"
    )
    mood: Mood | None = Field(description="The strongest mood by people and lyrics; null where neither tells")
    people: dict[Mood, float] | None = Field(
        description="Score of each mood by what people said of the song; null if nothing is known"
    )
    votes: int | None = Field(description="How many of listeners' words `people` is worth; null if none")
    scores: dict[Mood, float] | None = Field(
        description="Score of each mood by the lyrics model; null without lyrics that it can read"
    )
    url: str = Field(description="The song's page at the provider, or a search for it there")
    embed_url: str | None = Field(description="The provider's player, to embed; null if unknown")
    artwork_url: str | None = Field(
        description="The provider's picture, to be shown unaltered beside the link; null if unknown"
    )
    duration_ms: int | None = Field(description="Length in milliseconds, by the provider; null if unknown")


class RankedTracks(BaseModel):
    """Tracks, best first, and the reasons why the response is incomplete."""

    tracks: list[Track]
    degraded: Degradations


class FoundTrack(BaseModel):
    """One song, and the reasons why the response is incomplete."""

    track: Track
    degraded: Degradations


class FoundTracks(BaseModel):
    """One page of the tracks that a search found."""

    tracks: list[Track]
    next_cursor: str | None = Field(description="Send it as `cursor` to get the next page; null on the last page")


class GenreCount(BaseModel):
    """A genre and the number of its tracks."""

    genre: str = Field(description="Send it as `genre` to get only these tracks; write & as %26 in a URL")
    tracks: int = Field(description="Number of tracks")


class Genres(BaseModel):
    """All genres that tracks have."""

    genres: list[GenreCount] = Field(description="The most frequent first; tracks of unknown genre are not counted")


class LanguageCount(BaseModel):
    """A language and the number of its tracks."""

    language: str = Field(description="ISO 639-1; send it as `language` to get only these tracks")
    tracks: int = Field(description="Number of tracks")


class Languages(BaseModel):
    """All languages that tracks have."""

    languages: list[LanguageCount] = Field(
        description="The most frequent first; tracks of unknown language are not counted"
    )


class RecommenderClient:
    """Calls the recommender. Each call is retried once if the connection fails, because no call changes anything."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream

    async def recommend(self, mood: Mood, scores: dict[Mood, float], selection: Selection) -> RankedTracks:
        """Return tracks of a mood. The scores of the other moods decide how many tracks are of these moods."""
        body = {"mood": mood, "scores": scores, **selection.model_dump()}
        return await self._upstream.call("POST", "/v1/recommendations", RankedTracks, retries=1, json=body)

    async def search(self, search: Search) -> FoundTracks:
        """Return one page of the tracks that match."""
        query = search.model_dump(exclude_none=True)
        return await self._upstream.call("GET", "/v1/tracks", FoundTracks, retries=1, params=query)

    async def genres(self, mood: Mood | None) -> Genres:
        """Return the genres of all tracks, or of those of a mood."""
        return await self._upstream.call("GET", "/v1/genres", Genres, retries=1, params=_of_mood(mood))

    async def languages(self, mood: Mood | None) -> Languages:
        """Return the languages of all tracks, or of those of a mood."""
        return await self._upstream.call("GET", "/v1/languages", Languages, retries=1, params=_of_mood(mood))

    async def track(self, identity: str, provider: Provider) -> FoundTrack:
        """Return one song with its link at a provider. Raises UnknownTrack."""
        query = {"provider": provider}
        return await self._upstream.call("GET", f"/v1/tracks/{identity}", FoundTrack, retries=1, params=query)


def _of_mood(mood: Mood | None) -> dict[str, Mood]:
    return {} if mood is None else {"mood": mood}
