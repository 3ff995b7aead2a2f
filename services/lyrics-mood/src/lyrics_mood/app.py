"""The lyrics-mood app."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from fastapi import FastAPI

from lyrics_mood.classifier import load_classifier
from lyrics_mood.language import LanguageDetector
from lyrics_mood.routes import router
from lyrics_mood.settings import Settings
from musicalface_common import app as common
from musicalface_common.logging import configure_logging


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app; its model is loaded and warmed when it starts, and checked against model.json."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.log_level, settings.log_format)
        app.state.classifier = load_classifier(settings.model)
        app.state.classifier.scores(["warm"])
        app.state.languages = LanguageDetector()
        with ThreadPoolExecutor(settings.workers, thread_name_prefix="classify") as app.state.executor:
            app.state.ready = True
            yield
            app.state.ready = False

    return common.create_app("lyrics-mood", "Lyrics in, mood scores out.", settings, lifespan, [router])
