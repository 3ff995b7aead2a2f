"""Lyrics in, moods out."""

from fastapi import APIRouter

from gateway.examples import LYRICS_MOODS, answer
from gateway.routes.parameters import Services
from gateway.schemas import Lyrics
from gateway.services.lyrics_mood import LyricsMoods
from musicalface_common.errors import (
    BodyTooLarge,
    InvalidRequest,
    Overloaded,
    UpstreamTimeout,
    UpstreamUnavailable,
    problem_responses,
)

router = APIRouter(prefix="/lyrics", tags=["lyrics"])


@router.post(
    "/mood",
    summary="The mood of song lyrics",
    responses={
        **answer(LYRICS_MOODS),
        **problem_responses(BodyTooLarge, InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def lyrics_mood(lyrics: Lyrics, services: Services) -> LyricsMoods:
    """Score the mood of up to 100 texts, in their order. Nothing of them is kept.

    The model reads English: a text in another language is answered, too, and `trusted` says that it is a guess.
    """
    async with services.deadline():
        return await services.lyrics.moods(lyrics.texts)
