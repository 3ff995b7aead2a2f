"""The routes that say what can be filtered by: the genres and languages that tracks have."""

from typing import Annotated

from fastapi import APIRouter, Query

from gateway.examples import GENRES, LANGUAGES, example_response
from gateway.routes.parameters import CurrentServices
from gateway.services.recommender import Genres, Languages
from musicalface_common.errors import (
    InvalidRequest,
    Overloaded,
    UpstreamTimeout,
    UpstreamUnavailable,
    problem_responses,
)
from musicalface_common.vocabulary import Mood

PROBLEMS = problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout)
CountedMood = Annotated[Mood | None, Query(description="Count only tracks of this mood")]

router = APIRouter(tags=["tracks"])


@router.get("/genres", summary="Which genres there are", responses={**example_response(GENRES), **PROBLEMS})
async def genres(services: CurrentServices, mood: CountedMood = None) -> Genres:
    """Count the tracks of each genre. These are the values of the parameter `genre`."""
    async with services.deadline():
        return await services.recommender.genres(mood)


@router.get("/languages", summary="Which languages there are", responses={**example_response(LANGUAGES), **PROBLEMS})
async def languages(services: CurrentServices, mood: CountedMood = None) -> Languages:
    """Count the tracks of each language. These are the values of the parameter `language`."""
    async with services.deadline():
        return await services.recommender.languages(mood)
