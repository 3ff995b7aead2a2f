"""A photo in: what it shows, and the songs that fit."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from gateway.door.upload import FIELD, Photo
from gateway.examples import EMOTIONS, RECOMMENDATION, answer
from gateway.mood_map import mean_scores, read_mood
from gateway.routes.parameters import Services, Wish
from gateway.schemas import EmotionReading, MoodReading, PhotoEmotions, Recommendation
from gateway.services.face_emotion import EmotionCount, FaceChoice
from musicalface_common.errors import (
    BodyTooLarge,
    ImageTooLarge,
    InvalidRequest,
    ManyFaces,
    NoFace,
    Overloaded,
    RequestTimeout,
    UnreadableImage,
    UnsupportedImage,
    UpstreamTimeout,
    UpstreamUnavailable,
    problem_responses,
)

PROBLEMS = problem_responses(
    RequestTimeout,
    BodyTooLarge,
    ImageTooLarge,
    UnsupportedImage,
    InvalidRequest,
    NoFace,
    ManyFaces,
    UnreadableImage,
    Overloaded,
    UpstreamUnavailable,
    UpstreamTimeout,
)
# The form is parsed by hand, so its one field is described by hand.
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {
                        FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "JPEG, PNG or WebP; up to 8 MiB and 25 megapixels; not kept",
                        }
                    },
                }
            }
        },
    }
}

router = APIRouter(tags=["photo"])


@router.post(
    "/recommend",
    summary="A photo in, songs that fit its mood out",
    openapi_extra=FORM,
    responses={**answer(RECOMMENDATION), **PROBLEMS},
)
async def recommend(
    photo: Photo,
    wish: Wish,
    services: Services,
    faces: Annotated[
        FaceChoice,
        Query(description="The `largest` face leads, the mean of `all`, or a `single` one is required"),
    ] = "largest",
) -> Recommendation:
    """Read the emotion of a face and recommend songs of the mood that goes with it.

    The mood is the one of the strongest emotion. Asking twice gives two different lists, unless `seed` is
    set; send the ids that you had in `exclude` not to get them again.
    """
    async with services.deadline():
        found = await services.face.find(photo, 7, faces)
        reading = read_mood(mean_scores(face.scores for face in found.faces))
        given = await services.recommender.recommend(reading.mood, reading.mood_scores, wish)
    return Recommendation(
        emotion=EmotionReading(label=reading.emotion, scores=reading.emotion_scores),
        mood=MoodReading(label=reading.mood, scores=reading.mood_scores),
        faces=found.faces,
        tracks=given.tracks,
        degraded=given.degraded,
    )


@router.post(
    "/emotion",
    summary="The emotions of the faces in a photo",
    openapi_extra=FORM,
    responses={**answer(EMOTIONS), **PROBLEMS},
)
async def emotion(
    photo: Photo,
    services: Services,
    emotions: Annotated[EmotionCount, BeforeValidator(int), Query(description="7, or 8 with contempt")] = 7,
    faces: Annotated[FaceChoice, Query(description="Which faces to read; `single` refuses several")] = "largest",
) -> PhotoEmotions:
    """Find the faces of a photo, with box, five landmarks and the scores of seven or eight emotions."""
    async with services.deadline():
        found = await services.face.find(photo, emotions, faces)
    return PhotoEmotions(faces=found.faces, width=found.width, height=found.height)
