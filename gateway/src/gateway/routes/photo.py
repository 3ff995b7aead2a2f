"""The routes that take a photo: one returns the emotions of the faces, the other songs that fit."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator

from gateway.door.form import PHOTO_FIELD
from gateway.door.upload import Photo
from gateway.examples import EMOTIONS, RECOMMENDATION, example_response
from gateway.mood_map import mean_scores, read_mood
from gateway.routes.parameters import CurrentServices, SelectionQuery, as_number
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
from musicalface_common.limits.places import leave_place

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
# FastAPI cannot describe the form by itself, because `door.upload` parses it.
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [PHOTO_FIELD],
                    "properties": {
                        PHOTO_FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "JPEG, PNG, WebP, GIF or BMP; up to 8 MiB and 25 megapixels; not stored",
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
    responses={**example_response(RECOMMENDATION), **PROBLEMS},
)
async def recommend(
    request: Request,
    photo: Photo,
    selection: SelectionQuery,
    services: CurrentServices,
    faces: Annotated[
        FaceChoice,
        Query(
            description="`largest`: the largest face decides; `all`: the mean of all faces decides; `single`: a photo "
            "with several faces is refused"
        ),
    ] = "largest",
) -> Recommendation:
    """Recognise the emotion of a face and recommend songs of the matching mood.

    The strongest emotion decides the mood. Each request gives another list, unless `seed` is set. To get only new
    songs, send the ids of the songs that you already have as `exclude`.
    """
    async with services.deadline():
        found = await services.face_emotion.find_faces(photo, 7, faces)
        leave_place(request.scope)
        reading = read_mood(mean_scores(face.scores for face in found.faces))
        ranked = await services.recommender.recommend(reading.mood, reading.mood_scores, selection)
    return Recommendation(
        emotion=EmotionReading(label=reading.emotion, scores=reading.emotion_scores),
        mood=MoodReading(label=reading.mood, scores=reading.mood_scores),
        faces=found.faces,
        tracks=ranked.tracks,
        degraded=ranked.degraded,
    )


@router.post(
    "/emotion",
    summary="The emotions of the faces in a photo",
    openapi_extra=FORM,
    responses={**example_response(EMOTIONS), **PROBLEMS},
)
async def emotion(
    request: Request,
    photo: Photo,
    services: CurrentServices,
    emotions: Annotated[EmotionCount, BeforeValidator(as_number), Query(description="`7`, or `8` with contempt")] = 7,
    faces: Annotated[
        FaceChoice,
        Query(
            description="`largest`: only the largest face; `all`: all faces; `single`: a photo with several faces is "
            "refused"
        ),
    ] = "largest",
) -> PhotoEmotions:
    """Find the faces of a photo. Each has a box, five landmarks and the scores of seven or eight emotions."""
    async with services.deadline():
        found = await services.face_emotion.find_faces(photo, emotions, faces)
        leave_place(request.scope)
    return PhotoEmotions(faces=found.faces, width=found.width, height=found.height)
