"""The lyrics-mood app: it opens the model at startup and serves the route."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from lyrics_mood.reader import Reader
from lyrics_mood.routes import router
from lyrics_mood.settings import Settings
from lyrics_mood.state import LyricsMoodState
from musicalface_common.app import assemble_app
from musicalface_common.environment import read_settings


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. At startup it loads and checks the model and runs it once. Startup can raise ModelError."""
    settings = settings or read_settings(Settings)
    return assemble_app(
        "lyrics-mood", "Lyrics in, mood scores out.", settings, partial(_open_state, settings), [router]
    )


@asynccontextmanager
async def _open_state(settings: Settings) -> AsyncIterator[LyricsMoodState]:
    reader = Reader(settings.model)
    reader.read(["warm"])
    with ThreadPoolExecutor(settings.workers, thread_name_prefix="classify") as executor:
        yield LyricsMoodState(reader, executor)
