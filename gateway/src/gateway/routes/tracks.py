"""The routes that search the catalogue and look up one song."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from gateway.examples import ONE_TRACK, TRACKS, example_response
from gateway.routes.parameters import CurrentServices, FiltersQuery, Limit, ProviderChoice, TrackId
from gateway.services.recommender import FoundTrack, FoundTracks, Search
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


def read_search(
    *,
    filters: FiltersQuery,
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="Words of the artist and the title, in any order and spelling, with typing errors too",
            examples=["queen"],
        ),
    ] = None,
    mood: Annotated[Mood | None, Query(description="Only tracks of this mood")] = None,
    artist: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="Only tracks of this artist: the whole name in any spelling, such as `pink` for P!nk",
            examples=["ABBA"],
        ),
    ] = None,
    provider: ProviderChoice = "spotify",
    limit: Limit = 10,
    cursor: Annotated[str | None, Query(max_length=500, description="The `next_cursor` of the previous page")] = None,
) -> Search:
    """Read the options of a search from the query string."""
    return Search(
        q=q,
        mood=mood,
        artist=artist,
        provider=provider,
        limit=limit,
        cursor=cursor,
        **filters.model_dump(),
    )


@router.get(
    "/tracks",
    summary="Search the catalogue",
    responses={
        **example_response(TRACKS),
        **problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def tracks(search: Annotated[Search, Depends(read_search)], services: CurrentServices) -> FoundTracks:
    """Find songs by words, mood, artist, genre, language, year and explicit lyrics, one page per request.

    With `q` the best matches come first; without it, songs are in the order of their ids. Each song is on exactly one
    page.
    """
    async with services.deadline():
        return await services.recommender.search(search)


@router.get(
    "/tracks/{track_id}",
    summary="One song, with its link",
    responses={
        **example_response(ONE_TRACK),
        **problem_responses(UnknownTrack, InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def track(
    track_id: Annotated[TrackId, Path(description="The `id` of a track", examples=["e10f1f3f5fde"])],
    services: CurrentServices,
    provider: ProviderChoice = "spotify",
) -> FoundTrack:
    """Look up one song at a provider, for example when a user selects it.

    YouTube allows few searches per day, so only this call searches there. Lists use the links that it has found.
    """
    async with services.deadline():
        return await services.recommender.track(track_id, provider)
