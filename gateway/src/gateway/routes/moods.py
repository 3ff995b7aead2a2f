"""The routes that need no photo: the mapping from emotions to moods, and the songs of a mood."""

from fastapi import APIRouter

from gateway.examples import MOOD_TRACKS, MOODS, example_response
from gateway.mood_map import emotions_of
from gateway.routes.parameters import CurrentServices, SelectionQuery
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


@router.get("", summary="Which emotions lead to which mood", responses=example_response(MOODS))
async def moods() -> MoodMapping:
    """Return the mapping from the emotion of a face to the mood of songs."""
    return MoodMapping(moods=[MoodEmotions(mood=mood, emotions=emotions_of(mood)) for mood in ALL_MOODS])


@router.get(
    "/{mood}/tracks",
    summary="Songs of a mood, without a photo",
    responses={
        **example_response(MOOD_TRACKS),
        **problem_responses(InvalidRequest, Overloaded, UpstreamUnavailable, UpstreamTimeout),
    },
)
async def mood_tracks(mood: Mood, selection: SelectionQuery, services: CurrentServices) -> MoodTracks:
    """Recommend songs of a mood, as for a photo of a face that shows only this mood."""
    scores = {each: float(each is mood) for each in ALL_MOODS}
    async with services.deadline():
        ranked = await services.recommender.recommend(mood, scores, selection)
    return MoodTracks(mood=mood, tracks=ranked.tracks, degraded=ranked.degraded)
