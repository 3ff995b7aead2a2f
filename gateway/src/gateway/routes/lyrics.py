"""The route that scores the mood of lyrics."""

from fastapi import APIRouter

from gateway.examples import LYRICS_MOODS, example_response
from gateway.routes.parameters import CurrentServices
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
        **example_response(LYRICS_MOODS),
        **problem_responses(BodyTooLarge, InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def lyrics_mood(lyrics: Lyrics, services: CurrentServices) -> LyricsMoods:
    """Score the mood of up to 100 texts. The results are in the order of the texts. The server does not store them.

    The model reads English. A text in another language is scored, too, but `trusted` is false: its mood is a guess.
    A text without words has no mood.
    """
    async with services.deadline():
        return await services.lyrics_mood.score(lyrics.texts)
