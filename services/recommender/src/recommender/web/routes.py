"""The recommender's routes. Reading the database and drawing songs block, so both run in threads."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool

from musicalface_common.errors import (
    InvalidRequest,
    Overloaded,
    UnknownTrack,
    UpstreamUnavailable,
    problem_responses,
)
from recommender.domain.links import link_for
from recommender.domain.playback import KnownPlaybacks
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.web.cursor import decode_cursor, encode_cursor
from recommender.web.schemas import (
    FoundTrack,
    RecommendationRequest,
    RecommendationResponse,
    TrackBody,
    TrackId,
    TrackPage,
    TrackQuery,
)
from recommender.web.state import CurrentState

router = APIRouter(
    prefix="/v1",
    tags=["songs"],
    responses=problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable),
)


@router.post("/recommendations", summary="Songs that fit a mood")
async def recommend(request: RecommendationRequest, state: CurrentState) -> RecommendationResponse:
    """Draw songs that fit a mood, better fits more often, and no artist twice. Without a seed, each list differs."""
    recommendation = await run_in_threadpool(state.recommender.recommend, request.to_domain())
    resolution = await state.playback.for_list(recommendation.tracks, request.provider)
    return RecommendationResponse(
        tracks=_bodies(recommendation.tracks, request.provider, resolution.playbacks),
        degraded=recommendation.degraded + resolution.degraded,
    )


@router.get("/tracks", summary="Search the catalogue")
async def search(query: Annotated[TrackQuery, Query()], state: CurrentState) -> TrackPage:
    """Find songs by words, artist, mood and facts, page by page. Each song is on exactly one page.

    Providers are not called: a link leads to the song's page if it is already known, else to the provider's search.
    """
    after = decode_cursor(query.cursor, by_relevance=query.q is not None) if query.cursor is not None else None
    page = await run_in_threadpool(state.recommender.search, query.to_domain(), after, query.limit)
    known = await state.playback.known(page.tracks, query.provider)
    next_cursor = encode_cursor(page.end) if page.end else None
    return TrackPage(tracks=_bodies(page.tracks, query.provider, known), next_cursor=next_cursor)


@router.get("/tracks/{track_id}", summary="One song", responses=problem_responses(UnknownTrack))
async def track(
    track_id: Annotated[TrackId, Path(description="The song's id", examples=["3f2a9c1b7d40"])],
    state: CurrentState,
    provider: Annotated[
        Provider, Query(description="Provider to which links lead", examples=["spotify"])
    ] = Provider.SPOTIFY,
) -> FoundTrack:
    """Return one song with its link. Calls the provider, so it is meant for a song that somebody clicks on."""
    song = await run_in_threadpool(state.recommender.track, track_id)
    resolution = await state.playback.for_click([song], provider)
    (body,) = _bodies([song], provider, resolution.playbacks)
    return FoundTrack(track=body, degraded=resolution.degraded)


def _bodies(tracks: Sequence[Track], provider: Provider, known: KnownPlaybacks) -> list[TrackBody]:
    return [TrackBody.of(track, link_for(track, provider, known)) for track in tracks]
