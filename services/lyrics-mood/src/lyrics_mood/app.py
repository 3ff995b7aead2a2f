"""The lyrics-mood app."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from fastapi import FastAPI

from lyrics_mood.reader import Reader
from lyrics_mood.routes import router
from lyrics_mood.settings import Settings
from musicalface_common import app as common
from musicalface_common.logging import configure_logging


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. At startup it checks the model against model.json, loads it and scores one text to warm it."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.log_level, settings.log_format)
        app.state.reader = Reader(settings.model)
        app.state.reader.read(["warm"])
        with ThreadPoolExecutor(settings.workers, thread_name_prefix="classify") as app.state.executor:
            app.state.ready = True
            yield
            app.state.ready = False

    return common.create_app("lyrics-mood", "Lyrics in, mood scores out.", settings, lifespan, [router])
