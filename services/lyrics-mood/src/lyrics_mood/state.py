"""The objects that the service opens at startup and its route uses."""

from concurrent.futures import Executor
from typing import Annotated, NamedTuple

from fastapi import Depends

from lyrics_mood.reader import Reader
from musicalface_common.state import state_of


class LyricsMoodState(NamedTuple):
    """The reader, and the threads that run it."""

    reader: Reader
    executor: Executor


CurrentState = Annotated[LyricsMoodState, Depends(state_of(LyricsMoodState))]
