"""The objects that the service opens at startup and its route uses."""

from concurrent.futures import Executor
from typing import Annotated, NamedTuple

from fastapi import Depends

from face_emotion.recognizer import Recognizer
from musicalface_common.state import state_of


class FaceEmotionState(NamedTuple):
    """The recognizer, and the threads that run it."""

    recognizer: Recognizer
    executor: Executor


CurrentState = Annotated[FaceEmotionState, Depends(state_of(FaceEmotionState))]
