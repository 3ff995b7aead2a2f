"""The recommender's calls. What the catalogue and the drawing take, they take in threads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool

from musicalface_common.errors import (
    InvalidRequest,
    Overloaded,
    UnknownTrack,
    UpstreamUnavailable,
    problem_responses,
)
from musicalface_common.state import state_of
from recommender.adapters.playbacks import Known
from recommender.cursor import decode_cursor, encode_cursor
from recommender.domain.matching import highest_likeness
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.players import Players
from recommender.schemas import (
    FoundTrack,
    RecommendationRequest,
    RecommendationResponse,
    TrackBody,
    TrackId,
    TrackPage,
    TrackQuery,
)
from recommender.service import Recommender

router = APIRouter(
    prefix="/v1",
    tags=["songs"],
    responses=problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable),
)


class Parts(NamedTuple):
    """What the lifespan put together."""

    recommender: Recommender
    players: Players


TheParts = Annotated[Parts, Depends(state_of(Parts))]


@router.post("/recommendations", summary="Songs that fit a mood")
async def recommend(wish: RecommendationRequest, parts: TheParts) -> RecommendationResponse:
    """Draw songs of a mood: better fits more often, no artist twice; without a seed each list differs."""
    recommendation = await run_in_threadpool(parts.recommender.recommend, wish.to_wish())
    resolution = await parts.players.of_list(recommendation.tracks, wish.provider)
    return RecommendationResponse(
        tracks=_bodies(recommendation.tracks, wish.provider, resolution.playbacks),
        degraded=recommendation.degraded + resolution.degraded,
    )


@router.get("/tracks", summary="Search the catalogue")
async def search(query: Annotated[TrackQuery, Query()], parts: TheParts) -> TrackPage:
    """Find songs by words, artist, mood and facts, page by page; each song comes exactly once.

    No provider is asked: links lead to a song's page where that is known already, else to the search for it.
    """
    after = decode_cursor(query.cursor, highest_likeness(query.q)) if query.cursor is not None else None
    page = await run_in_threadpool(parts.recommender.search, query.to_query(), after, query.limit)
    playbacks = await parts.players.known(page.tracks, query.provider)
    next_cursor = encode_cursor(page.end) if page.end else None
    return TrackPage(tracks=_bodies(page.tracks, query.provider, playbacks), next_cursor=next_cursor)


@router.get("/tracks/{track_id}", summary="One song", responses=problem_responses(UnknownTrack))
async def track(
    track_id: Annotated[TrackId, Path(description="The song's id", examples=["3f2a9c1b7d40"])],
    parts: TheParts,
    provider: Annotated[Provider, Query(description="Where the links lead", examples=["spotify"])] = Provider.SPOTIFY,
) -> FoundTrack:
    """Look one song up at a provider, as somebody who chose it would."""
    song = await run_in_threadpool(parts.recommender.track, track_id)
    resolution = await parts.players.of_click([song], provider)
    (body,) = _bodies([song], provider, resolution.playbacks)
    return FoundTrack(track=body, degraded=resolution.degraded)


def _bodies(tracks: Sequence[Track], provider: Provider, playbacks: Known) -> list[TrackBody]:
    return [TrackBody.of(_found(each, playbacks), provider, playbacks.get(each.id)) for each in tracks]


def _found(track: Track, playbacks: Known) -> Track:
    """Leave out the catalogue's id where the provider has no such song: its page would lead nowhere."""
    return replace(track, spotify_id=None) if playbacks.get(track.id, track) is None else track
