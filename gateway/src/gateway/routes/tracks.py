"""Search and filter over the catalogue, and one song of it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from gateway.examples import ONE_TRACK, TRACKS, answer
from gateway.routes.parameters import Limit, ProviderChoice, Services, TrackId, filters
from gateway.services.recommender import Filters, FoundTrack, FoundTracks, Search
from musicalface_common.errors import (
    InvalidRequest,
    Overloaded,
    UnknownTrack,
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


@router.get(
    "/tracks/{track_id}",
    summary="One song, with its link",
    responses={
        **answer(ONE_TRACK),
        **problem_responses(UnknownTrack, InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def track(
    track_id: Annotated[TrackId, Path(description="The `id` of a track", examples=["e10f1f3f5fde"])],
    services: Services,
    provider: ProviderChoice = "spotify",
) -> FoundTrack:
    """Look one song up at a provider, as when somebody clicks on it.

    This is the one call that asks YouTube, whose searches are few a day; lists carry links that it found before.
    """
    async with services.deadline():
        return await services.recommender.track(track_id, provider)
