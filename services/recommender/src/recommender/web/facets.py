"""The routes that list the genres and languages of the catalogue, and their JSON."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from musicalface_common.errors import InvalidRequest, Overloaded, UpstreamUnavailable, problem_responses
from musicalface_common.vocabulary import Mood
from recommender.web.state import CurrentState

router = APIRouter(
    prefix="/v1",
    tags=["songs"],
    responses=problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable),
)

CountedMood = Annotated[Mood | None, Query(description="Count only songs of this mood", examples=["happy"])]


class GenreCount(BaseModel):
    """A genre and the number of its songs."""

    genre: str = Field(description="Send it as `genre` to get only these songs", examples=["rock"])
    tracks: int = Field(description="Number of songs", examples=[3456])


class Genres(BaseModel):
    """All genres that songs have."""

    genres: list[GenreCount] = Field(description="The most frequent first")


class LanguageCount(BaseModel):
    """A language and the number of its songs."""

    language: str = Field(description="ISO 639-1; send it as `language` to get only these songs", examples=["en"])
    tracks: int = Field(description="Number of songs", examples=[25252])


class Languages(BaseModel):
    """All languages that songs have."""

    languages: list[LanguageCount] = Field(description="The most frequent first")


@router.get("/genres", summary="The genres that songs have")
async def genres(state: CurrentState, mood: CountedMood = None) -> Genres:
    """Count the songs of each genre. Songs whose genre is unknown are not counted."""
    facets = await run_in_threadpool(state.recommender.facets)
    return Genres(genres=[GenreCount(genre=genre, tracks=songs) for genre, songs in facets.genres.counts(mood)])


@router.get("/languages", summary="The languages that songs have")
async def languages(state: CurrentState, mood: CountedMood = None) -> Languages:
    """Count the songs of each language. Songs whose language is unknown are not counted."""
    facets = await run_in_threadpool(state.recommender.facets)
    counts = facets.languages.counts(mood)
    return Languages(languages=[LanguageCount(language=language, tracks=songs) for language, songs in counts])
