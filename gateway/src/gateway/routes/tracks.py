"""Search and filter over the catalogue."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from gateway.clients.recommender import Filters, FoundTracks, Search
from gateway.examples import TRACKS, answer
from gateway.routes.parameters import Limit, ProviderChoice, Services, filters
from musicalface_common.errors import (
    InvalidRequest,
    Overloaded,
    UpstreamTimeout,
    UpstreamUnavailable,
    problem_responses,
)
from musicalface_common.vocabulary import Mood

router = APIRouter(tags=["tracks"])


def search(
    *,
    narrowed: Annotated[Filters, Depends(filters)],
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="Words of artist and title; typing errors are forgiven",
            examples=["queen"],
        ),
    ] = None,
    mood: Annotated[Mood | None, Query(description="Only this mood")] = None,
    artist: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Only this artist", examples=["ABBA"])
    ] = None,
    provider: ProviderChoice = "spotify",
    limit: Limit = 10,
    cursor: Annotated[str | None, Query(max_length=500, description="The `next_cursor` of the page before")] = None,
) -> Search:
    """Read a search of a query."""
    return Search(
        q=q,
        mood=mood,
        artist=artist,
        provider=provider,
        limit=limit,
        cursor=cursor,
        **narrowed.model_dump(),
    )


@router.get(
    "/tracks",
    summary="Search the catalogue",
    responses={
        **answer(TRACKS),
        **problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def tracks(wanted: Annotated[Search, Depends(search)], services: Services) -> FoundTracks:
    """Find songs by words, mood, artist and facts, a page at a time.

    With `q` the best matches come first, else songs come by id. Each comes exactly once.
    """
    async with services.deadline():
        return await services.recommender.search(wanted)
