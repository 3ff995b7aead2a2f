"""The lyrics-mood app: what it opens when it starts, and its routes."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from lyrics_mood.classifier import load_classifier
from lyrics_mood.language import LanguageDetector
from lyrics_mood.routes import router
from lyrics_mood.settings import Settings
from lyrics_mood.state import State
from musicalface_common.app import assemble_app


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. It loads, checks and warms its model when it starts, and fails there with ModelError."""
    settings = settings or Settings()
    return assemble_app(
        "lyrics-mood", "Lyrics in, mood scores out.", settings, partial(_open_state, settings), [router]
    )


@asynccontextmanager
async def _open_state(settings: Settings) -> AsyncIterator[State]:
    classifier = load_classifier(settings.model)
    classifier.scores(["warm"])
    with ThreadPoolExecutor(settings.workers, thread_name_prefix="classify") as executor:
        yield State(classifier, LanguageDetector(), executor)
