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
        str | None, Query(min_length=1, max_length=200, description="Words of an artist or a title", examples=["queen"])
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
        genre=narrowed.genre,
        language=narrowed.language,
        year_from=narrowed.year_from,
        year_to=narrowed.year_to,
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
    """Find songs by words, mood, artist, genre, language and year, a page at a time."""
    async with services.deadline():
        return await services.recommender.search(wanted)
