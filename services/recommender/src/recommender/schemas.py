"""The JSON of the recommender's calls."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from musicalface_common.vocabulary import Mood
from recommender.adapters.links import embed_url, track_url
from recommender.domain.playback import Playback
from recommender.domain.policy import Policy, Target
from recommender.domain.provider import Provider
from recommender.domain.track import Filters, Query, Scores, Track
from recommender.service import Wish

TrackId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Score = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1000, le=9999)]

LISTEN_URL = "https://open.spotify.com/search/Bill%20Withers%20Lovely%20Day"
SCORES = {"angry": 0.0121, "sad": 0.0714, "happy": 0.8243, "relaxed": 0.0922}


class Strict(BaseModel):
    """Input: a field that is not known is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid")


class MoodScores(Strict):
    """How strong each mood is."""

    angry: Score = Field(description="Negative and lively", examples=[0.0121])
    sad: Score = Field(description="Negative and quiet", examples=[0.0714])
    happy: Score = Field(description="Positive and lively", examples=[0.8243])
    relaxed: Score = Field(description="Positive and quiet", examples=[0.0922])

    def to_domain(self) -> Scores:
        return Scores(self.angry, self.sad, self.happy, self.relaxed)


class AskedScores(MoodScores):
    """How strong each mood is: of any scale, but not all zero."""

    @model_validator(mode="after")
    def _not_all_zero(self) -> Self:
        if not any(self.to_domain()):
            raise ValueError("at least one score must be above zero")
        return self


class FilterFields(Strict):
    """Facts that all songs of the answer share; a song whose fact is unknown is left out."""

    genre: str | None = Field(default=None, min_length=1, max_length=200, description="In any case", examples=["rock"])
    language: str | None = Field(
        default=None, min_length=1, max_length=16, description="Language code", examples=["en"]
    )
    year_from: Year | None = Field(default=None, description="First year of release", examples=[1970])
    year_to: Year | None = Field(default=None, description="Last year of release", examples=[1989])

    explicit: bool | None = Field(
        default=None,
        description="true: only songs with explicit lyrics, false: only songs without",
        examples=[False],
    )

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.year_from is not None and self.year_to is not None and self.year_from > self.year_to:
            raise ValueError("year_from must not be after year_to")
        return self

    def to_filters(self) -> Filters:
        return Filters(self.genre, self.language, self.year_from, self.year_to, self.explicit)


class RecommendationRequest(Strict):
    """A wish for songs."""

    mood: Mood = Field(description="Leads: the first song and most of the songs are of it", examples=["happy"])
    scores: AskedScores = Field(
        description="Weigh the list: another mood with a share of .15 or more has songs in it", examples=[SCORES]
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many songs", examples=[10])
    policy: Policy = Field(
        default=Policy.MATCH,
        description="`match`: all of the mood. `lift`: first of the mood, then by steps to relaxed and happy",
        examples=["match"],
    )
    provider: Provider = Field(default=Provider.SPOTIFY, description="Where the links lead", examples=["spotify"])
    exclude: list[TrackId] = Field(
        default_factory=list,
        max_length=500,
        description="Songs not to give again",
        examples=[["3f2a9c1b7d40"]],
    )
    seed: int | None = Field(
        default=None, ge=-(2**63), lt=2**63, description="The same seed gives the same list", examples=[7]
    )
    filters: FilterFields = Field(
        default=FilterFields(), description="Facts that all songs share", examples=[{"year_from": 1970}]
    )

    def to_wish(self) -> Wish:
        target = Target(self.mood, self.scores.to_domain())
        exclude = frozenset(self.exclude)
        return Wish(target, self.limit, self.policy, exclude, self.seed, self.filters.to_filters())


class TrackQuery(FilterFields):
    """A search of the catalogue."""

    q: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="Words that all occur in artist and title, best matches first. Typing errors are forgiven; case,"
        " accents and punctuation do not count",
        examples=["lovely day"],
    )
    mood: Mood | None = Field(default=None, description="The song's mood", examples=["happy"])
    artist: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="The whole name, in any case",
        examples=["Bill Withers"],
    )
    provider: Provider = Field(default=Provider.SPOTIFY, description="Where the links lead", examples=["spotify"])
    limit: int = Field(default=10, ge=1, le=50, description="How many songs a page", examples=[10])
    cursor: str | None = Field(default=None, description="`next_cursor` of the page before", examples=["AADIPyqcG31A"])

    def to_query(self) -> Query:
        return Query(self.q, self.artist, self.mood, self.to_filters())


class TrackBody(BaseModel):
    """A song: facts, what its lyrics and its listeners say, and where it plays."""

    id: str = Field(description="12 hex digits, the same in every version of the catalogue", examples=["3f2a9c1b7d40"])
    artist: str = Field(description="Who sings", examples=["Bill Withers"])
    title: str = Field(description="Name of the song", examples=["Lovely Day"])
    year: int | None = Field(description="Year of release, null if unknown", examples=[1977])
    genre: str | None = Field(description="Null if unknown", examples=["soul"])
    language: str | None = Field(description="Language code of the lyrics, null if unknown", examples=["en"])
    explicit: bool | None = Field(description="Whether the lyrics are explicit, null if unknown", examples=[False])
    tag_mood: Mood | None = Field(description="The mood that people tagged, null if unknown", examples=["happy"])
    listeners: int | None = Field(
        description="How many listeners of Last.fm's sample play the artist, null if unknown", examples=[110]
    )
    mood: Mood = Field(description="The strongest mood by lyrics and tags", examples=["happy"])
    scores: MoodScores = Field(description="What the lyrics model found", examples=[SCORES])
    url: str = Field(description="The song's page, or the search for it", examples=[LISTEN_URL])
    embed_url: str | None = Field(
        description="A player to embed, null where none is known",
        examples=["https://open.spotify.com/embed/track/0bRXwKfigvpKZUurwqAlEh"],
    )
    artwork_url: str | None = Field(
        description="The provider's picture, to be shown unaltered beside the link; null where none is known",
        examples=["https://i.scdn.co/image/ab67616d00001e02"],
    )
    duration_ms: int | None = Field(
        description="Milliseconds as the provider says, null where it is not known", examples=[254560]
    )

    @classmethod
    def of(cls, track: Track, provider: Provider, playback: Playback | None) -> Self:
        """Tell of a song: where it plays as the provider said, or else as the catalogue knows."""
        explicit = playback.explicit if playback and track.explicit is None else track.explicit
        return cls(
            id=track.id,
            artist=track.artist,
            title=track.title,
            year=track.year,
            genre=track.genre,
            language=track.language,
            explicit=explicit,
            tag_mood=track.tag_mood,
            listeners=track.listeners,
            mood=track.mood,
            scores=MoodScores(**track.scores._asdict()),
            url=playback.url if playback else track_url(track, provider),
            embed_url=playback.embed_url if playback else embed_url(track, provider),
            artwork_url=playback.artwork_url if playback else None,
            duration_ms=playback.duration_ms if playback else None,
        )


class RecommendationResponse(BaseModel):
    """Songs for a mood."""

    tracks: list[TrackBody] = Field(description="In the order to play them, no artist twice")
    degraded: list[str] = Field(
        description="What the answer went without: `redis` (away), `few-candidates` (fewer songs than asked); of the"
        " provider `spotify-limited`, `spotify-slow`, `spotify-unavailable` or the same of `soundcloud`",
        examples=[[]],
    )


class FoundTrack(BaseModel):
    """One song."""

    track: TrackBody = Field(description="The song")
    degraded: list[str] = Field(
        description="What the answer went without: `spotify-limited`, `spotify-slow`, `spotify-unavailable` or the same"
        " of `youtube` or `soundcloud`",
        examples=[[]],
    )


class TrackPage(BaseModel):
    """One page of a search."""

    tracks: list[TrackBody] = Field(description="Best matches first; by id without `q`")
    next_cursor: str | None = Field(description="Asks for the next page; null on the last", examples=["AADIPyqcG31A"])
