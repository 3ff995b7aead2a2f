"""The recommender's calls. Plain functions: what they wait for waits in FastAPI's thread pool."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from musicalface_common.errors import InvalidRequest, Overloaded, UpstreamUnavailable, problem_responses
from recommender.cursor import decode_cursor, encode_cursor
from recommender.domain.matching import highest_likeness
from recommender.schemas import (
    RecommendationRequest,
    RecommendationResponse,
    TrackBody,
    TrackPage,
    TrackQuery,
)
from recommender.service import Recommender

router = APIRouter(
    prefix="/v1",
    tags=["songs"],
    responses=problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable),
)


def recommender_of(request: Request) -> Recommender:
    """Return the recommender that the lifespan put together."""
    return cast(Recommender, request.app.state.recommender)


TheRecommender = Annotated[Recommender, Depends(recommender_of)]


@router.post("/recommendations", summary="Songs that fit a mood")
def recommend(wish: RecommendationRequest, recommender: TheRecommender) -> RecommendationResponse:
    """Draw songs of a mood: better fits more often, no artist twice; without a seed each list differs."""
    recommendation = recommender.recommend(wish.to_wish())
    tracks = [TrackBody.of(track, wish.provider) for track in recommendation.tracks]
    return RecommendationResponse(tracks=tracks, degraded=recommendation.degraded)


@router.get("/tracks", summary="Search the catalogue")
def search(query: Annotated[TrackQuery, Query()], recommender: TheRecommender) -> TrackPage:
    """Find songs by words, artist, mood and facts, page by page; each song comes exactly once."""
    after = decode_cursor(query.cursor, highest_likeness(query.q)) if query.cursor is not None else None
    page = recommender.search(query.to_query(), after, query.limit)
    next_cursor = encode_cursor(page.end) if page.end else None
    return TrackPage(tracks=[TrackBody.of(t, query.provider) for t in page.tracks], next_cursor=next_cursor)
