"""What the service opens when it starts and its route uses."""

from concurrent.futures import Executor
from typing import Annotated, NamedTuple

from fastapi import Depends

from lyrics_mood.classifier import Classifier
from lyrics_mood.language import LanguageDetector
from musicalface_common.state import state_of


class State(NamedTuple):
    """The model, the language detector, and the threads that run them."""

    classifier: Classifier
    languages: LanguageDetector
    executor: Executor


CurrentState = Annotated[State, Depends(state_of(State))]
