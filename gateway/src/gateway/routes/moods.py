"""Moods without a camera."""

from fastapi import APIRouter

from gateway.examples import MOOD_TRACKS, MOODS, answer
from gateway.mood_map import emotions_of
from gateway.routes.parameters import Services, Wish
from gateway.schemas import MoodEmotions, MoodMapping, MoodTracks
from musicalface_common.errors import (
    InvalidRequest,
    Overloaded,
    UpstreamTimeout,
    UpstreamUnavailable,
    problem_responses,
)
from musicalface_common.vocabulary import MOODS as ALL_MOODS
from musicalface_common.vocabulary import Mood

router = APIRouter(prefix="/moods", tags=["moods"])


@router.get("", summary="Which emotions lead to which mood", responses=answer(MOODS))
async def moods() -> MoodMapping:
    """Return the table by which the emotion of a face becomes the mood of songs."""
    return MoodMapping(moods=[MoodEmotions(mood=mood, emotions=emotions_of(mood)) for mood in ALL_MOODS])


@router.get(
    "/{mood}/tracks",
    summary="Songs of a mood, without a photo",
    responses={
        **answer(MOOD_TRACKS),
        **problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def mood_tracks(mood: Mood, wish: Wish, services: Services) -> MoodTracks:
    """Recommend songs as for a face that shows nothing but this mood."""
    scores = {each: float(each is mood) for each in ALL_MOODS}
    async with services.deadline():
        given = await services.recommender.recommend(mood, scores, wish)
    return MoodTracks(mood=mood, tracks=given.tracks, degraded=given.degraded)
