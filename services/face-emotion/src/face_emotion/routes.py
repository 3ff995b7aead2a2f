"""The only route of the service: an image's bytes in, its faces out."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from face_emotion import schemas
from face_emotion.answer import answer
from face_emotion.image.sniff import FORMATS, Format
from face_emotion.recognizer import MAX_FACES, FaceChoice
from face_emotion.state import CurrentState
from musicalface_common.errors import (
    BodyTooLarge,
    ImageTooLarge,
    InvalidRequest,
    ManyFaces,
    NoFace,
    Overloaded,
    UnreadableImage,
    UnsupportedImage,
    UpstreamTimeout,
    problem_responses,
)

router = APIRouter(prefix="/v1", tags=["faces"])

BINARY = {"schema": {"type": "string", "format": "binary"}}
IMAGE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"The image file: {FORMATS}. The content decides, not the content type",
        "content": {f"image/{image_format.lower()}": BINARY for image_format in Format},
    }
}
PROBLEMS = problem_responses(
    ImageTooLarge,
    BodyTooLarge,
    UnsupportedImage,
    UnreadableImage,
    NoFace,
    ManyFaces,
    InvalidRequest,
    Overloaded,
    UpstreamTimeout,
)

Emotions = Annotated[int, Query(ge=7, le=8, description="`7`: FER2013's emotions; `8`: these and contempt")]
Faces = Annotated[
    FaceChoice,
    Query(
        description=f"`largest`: the largest face; `all`: all faces, at most the {MAX_FACES} largest; `single`: an "
        "image with several faces is refused"
    ),
]


@router.post("/faces", summary="Find faces and their emotions", responses=PROBLEMS, openapi_extra=IMAGE_BODY)
async def find_faces(
    request: Request, state: CurrentState, emotions: Emotions = 7, faces: Faces = FaceChoice.LARGEST
) -> schemas.Faces:
    """Find the faces of an image, largest first, and score the emotions of each."""
    classifier = state.recognizer.classifier
    if emotions > len(classifier.labels):
        raise InvalidRequest(f"emotions: the served model knows {len(classifier.labels)}, not {emotions}")
    data = await request.body()
    # The pool serves only this route: a thread stays busy until its work is done, even if its request was cancelled.
    loop = asyncio.get_running_loop()
    recognition = await loop.run_in_executor(state.executor, state.recognizer.recognize, data, faces)
    return answer(recognition, classifier.name, classifier.labels[:emotions])
