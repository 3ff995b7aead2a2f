"""The JSON of the recommender's requests and responses."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from musicalface_common.vocabulary import Mood
from recommender.domain.facts import FACTS
from recommender.domain.genres import genres_named
from recommender.domain.links import Link
from recommender.domain.policy import Policy, Target
from recommender.domain.provider import Provider
from recommender.domain.query import Filters, Query
from recommender.domain.scores import Scores
from recommender.domain.track import Harm, Kind, Season, Track
from recommender.recommend import ListRequest

TRACK_ID = "^[0-9a-f]{12}$"


def _track_id(text: str) -> str:
    # Not a pattern of pydantic's, whose words would be the pattern.
    if not re.fullmatch("[0-9a-f]{12}", text):
        raise ValueError("must be 12 hexadecimal digits")
    return text


TrackId = Annotated[str, AfterValidator(_track_id), Field(json_schema_extra={"pattern": TRACK_ID})]
Score = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1000, le=9999)]

LISTEN_URL = "https://open.spotify.com/search/Bill%20Withers%20Lovely%20Day"
SCORES = {"angry": 0.0121, "sad": 0.0714, "happy": 0.8243, "relaxed": 0.0922}


class Strict(BaseModel):
    """A request body or query that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid")


class MoodScores(Strict):
    """The score of each mood."""

    angry: Score = Field(description="Negative and lively", examples=[0.0121])
    sad: Score = Field(description="Negative and quiet", examples=[0.0714])
    happy: Score = Field(description="Positive and lively", examples=[0.8243])
    relaxed: Score = Field(description="Positive and quiet", examples=[0.0922])

    def to_domain(self) -> Scores:
        return Scores(self.angry, self.sad, self.happy, self.relaxed)


class AskedScores(MoodScores):
    """The weight of each mood, on any scale. At least one must be above 0."""

    @model_validator(mode="after")
    def _not_all_zero(self) -> Self:
        if not any(self.to_domain()):
            raise ValueError("at least one score must be above zero")
        return self


class FilterFields(Strict):
    """Facts that every song in the response must have. Songs with an unknown value are left out."""

    genre: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="One genre or several, comma-separated; a song has at least one of them. Case, accents and"
        " punctuation are ignored, and aliases such as `rap` are known",
        examples=["rock"],
    )
    language: str | None = Field(
        default=None, min_length=1, max_length=16, description="Language code", examples=["en"]
    )
    year_from: Year | None = Field(default=None, description="First year of release", examples=[1970])
    year_to: Year | None = Field(default=None, description="Last year of release", examples=[1989])
    explicit: bool | None = Field(
        default=None,
        description="true: only songs with explicit lyrics; false: only songs without",
        examples=[False],
    )
    season: Season | None = Field(
        default=None,
        description="Only songs for this time of the year. Lists hold no such songs unless they are asked for",
        examples=["christmas"],
    )
    kind: Kind | None = Field(
        default=None,
        description="Only this kind. Lists hold hymns, anthems and sketches only where they are asked for",
        examples=["instrumental"],
    )

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.year_from is not None and self.year_to is not None and self.year_from > self.year_to:
            raise ValueError("year_from must not be after year_to")
        return self

    def to_filters(self) -> Filters:
        genres = genres_named(self.genre.split(",")) if self.genre is not None else None
        years = self.year_from, self.year_to
        return Filters(genres, self.language, *years, self.explicit, self.season, self.kind)


class RecommendationRequest(Strict):
    """A request for a list of songs."""

    mood: Mood = Field(description="The leading mood: the first song and most of the songs have it", examples=["happy"])
    scores: AskedScores = Field(
        description="Weight of each mood: a mood with a share of 0.15 or more gets songs in the list", examples=[SCORES]
    )
    limit: int = Field(default=10, ge=1, le=50, description="Number of songs", examples=[10])
    policy: Policy = Field(
        default=Policy.MATCH,
        description="`match`: songs of the mood. `lift`: songs that lead step by step from the mood to a happy one",
        examples=["match"],
    )
    provider: Provider = Field(
        default=Provider.SPOTIFY, description="Provider to which links lead", examples=["spotify"]
    )
    exclude: list[TrackId] = Field(
        default_factory=list,
        max_length=500,
        description="Ids of songs that the list must not contain",
        examples=[["3f2a9c1b7d40"]],
    )
    seed: int | None = Field(
        default=None, ge=-(2**63), lt=2**63, description="The same seed gives the same list", examples=[7]
    )
    filters: FilterFields = Field(
        default=FilterFields(), description="Facts that every song must have", examples=[{"year_from": 1970}]
    )

    def to_domain(self) -> ListRequest:
        target = Target(self.mood, self.scores.to_domain())
        exclude = frozenset(self.exclude)
        return ListRequest(target, self.limit, self.policy, exclude, self.seed, self.filters.to_filters())


class TrackQuery(FilterFields):
    """A search of the catalogue."""

    q: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="Words of the artist and title in any order; best matches come first. Typing errors are forgiven."
        " Case, accents, punctuation, words such as `and`, `the` and `feat`, and remarks such as `Remastered 2015` are"
        " ignored. If no song contains all words, one of three may be missing",
        examples=["lovely day"],
    )
    mood: Mood | None = Field(default=None, description="The song's mood", examples=["happy"])
    artist: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="The artist's whole name in any spelling: `Pink` is `P!nk`, `beyonce` is `Beyoncé`",
        examples=["Bill Withers"],
    )
    provider: Provider = Field(
        default=Provider.SPOTIFY, description="Provider to which links lead", examples=["spotify"]
    )
    limit: int = Field(default=10, ge=1, le=50, description="Number of songs per page", examples=[10])
    cursor: str | None = Field(
        default=None, description="`next_cursor` of the previous page", examples=["AADIPyqcG31A"]
    )

    def to_domain(self) -> Query:
        return Query(self.q, self.artist, self.mood, self.to_filters())


class TrackBody(BaseModel):
    """A song: its facts, its mood by people and lyrics, and its link."""

    id: str = Field(description="12 hex digits, the same in every version of the catalogue", examples=["3f2a9c1b7d40"])
    artist: str = Field(description="The artist's name", examples=["Bill Withers"])
    title: str = Field(description="The song's title", examples=["Lovely Day"])
    year: int | None = Field(description="Year of release, null if unknown", examples=[1977])
    genre: str | None = Field(description="The main genre, null if unknown", examples=["soul"])
    genres: list[str] = Field(description="Up to three genres, the main one first", examples=[["soul", "r&b"]])
    language: str | None = Field(description="Language code of the lyrics, null if unknown", examples=["en"])
    explicit: bool | None = Field(description="Whether the lyrics are explicit, null if unknown", examples=[False])
    tag_mood: Mood | None = Field(description="The mood that people tagged, null if unknown", examples=["happy"])
    listeners: int | None = Field(
        description="Number of the artist's listeners in the data set Last.fm-2k, null if unknown", examples=[110]
    )
    chart_peak: int | None = Field(description="Best place in the US Hot 100, null if none is known", examples=[30])
    chart_weeks: int | None = Field(description="Weeks in the US Hot 100, null if none are known", examples=[15])
    kind: Kind | None = Field(description="The kind of recording, null for an ordinary song", examples=[None])
    season: Season | None = Field(
        description="The time of the year that the song is for, null for any", examples=[None]
    )
    harm: Harm | None = Field(
        description="The worst that the song speaks for, null if none was found; lists hold no such song",
        examples=[None],
    )
    mood: Mood | None = Field(
        description="The mood with the highest score by people and lyrics; null if neither tells", examples=["happy"]
    )
    people: MoodScores | None = Field(
        description="Scores of what people said of the song's mood, null if unknown", examples=[SCORES]
    )
    votes: int | None = Field(description="Number of listeners that `people` is worth, null if none", examples=[24])
    scores: MoodScores | None = Field(
        description="Scores of the lyrics model; null without lyrics that it can read", examples=[SCORES]
    )
    url: str = Field(
        description="URL of the song's page at the provider, or of the provider's search for it", examples=[LISTEN_URL]
    )
    embed_url: str | None = Field(
        description="URL of the provider's player, to embed; null if unknown",
        examples=["https://open.spotify.com/embed/track/0bRXwKfigvpKZUurwqAlEh"],
    )
    artwork_url: str | None = Field(
        description="URL of the provider's picture, to be shown unaltered beside the link; null if unknown",
        examples=["https://i.scdn.co/image/ab67616d00001e02"],
    )
    duration_ms: int | None = Field(
        description="Length in milliseconds, as the provider gives it; null if unknown", examples=[254560]
    )

    @classmethod
    def of(cls, track: Track, link: Link) -> Self:
        """Return the JSON of a song and its link. If the song's `explicit` is unknown, the link's is used."""
        facts = {name: getattr(track, name) for name in _PUBLIC_FACTS}
        return cls(
            **facts | {"explicit": link.explicit if track.explicit is None else track.explicit},
            id=track.id,
            mood=track.mood,
            genre=track.genre,
            people=MoodScores(**track.people._asdict()) if track.people else None,
            scores=MoodScores(**track.scores._asdict()) if track.scores else None,
            url=link.url,
            embed_url=link.embed_url,
            artwork_url=link.artwork_url,
            duration_ms=link.duration_ms,
        )


_PUBLIC_FACTS = [fact.name for fact in FACTS if fact.name in TrackBody.model_fields]


class RecommendationResponse(BaseModel):
    """Songs for a mood."""

    tracks: list[TrackBody] = Field(description="In the order to play them, no artist twice")
    degraded: list[str] = Field(
        description="What was missing: `redis` (away), `few-candidates` (fewer songs than requested), and for the"
        " provider `spotify-limited`, `spotify-slow`, `spotify-unavailable`, or the same for `soundcloud`",
        examples=[[]],
    )


class FoundTrack(BaseModel):
    """One song with its link."""

    track: TrackBody = Field(description="The song")
    degraded: list[str] = Field(
        description="What was missing: `spotify-limited`, `spotify-slow`, `spotify-unavailable`, or the same for"
        " `youtube` or `soundcloud`",
        examples=[[]],
    )


class TrackPage(BaseModel):
    """One page of a search."""

    tracks: list[TrackBody] = Field(description="Best matches first; without `q`, sorted by id")
    next_cursor: str | None = Field(
        description="Send it as `cursor` to get the next page; null on the last page", examples=["AADIPyqcG31A"]
    )
