"""All four apps in one process. Routes and JSON are the same as in four processes, but no sockets are between them."""

from types import TracebackType
from typing import Self

import httpx
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

import face_emotion.app
import face_emotion.settings
import gateway.app
import gateway.settings
import lyrics_mood.app
import lyrics_mood.settings
import recommender.app
import recommender.settings
from gateway.services import FACE_EMOTION, LYRICS_MOOD, RECOMMENDER
from musicalface.environment import read_settings

STARTUP_SECONDS = 60.0


class EmbeddedTransport(httpx.AsyncBaseTransport):
    """Sends requests to an app in this process. The app's lifespan runs while the transport is open."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    async def __aenter__(self) -> Self:
        self._lifespan = LifespanManager(self._app, startup_timeout=STARTUP_SECONDS)
        await self._lifespan.__aenter__()
        self._transport = httpx.ASGITransport(self._lifespan.app, raise_app_exceptions=False)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self._lifespan.__aexit__(exc_type, exc_value, traceback)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._transport.handle_async_request(request)


def create_embedded_app(settings: gateway.settings.Settings | None = None) -> FastAPI:
    """Make the gateway with the three services in the same process. Each app reads its settings from the environment.

    The gateway's log settings apply to all apps, because one process has one log.
    """
    settings = settings or read_settings(gateway.settings.Settings)
    log = {"log_level": settings.log_level, "log_format": settings.log_format}
    services = {
        FACE_EMOTION: face_emotion.app.create_app(read_settings(face_emotion.settings.Settings, **log)),
        LYRICS_MOOD: lyrics_mood.app.create_app(read_settings(lyrics_mood.settings.Settings, **log)),
        RECOMMENDER: recommender.app.create_app(read_settings(recommender.settings.Settings, **log)),
    }
    transports = {name: EmbeddedTransport(app) for name, app in services.items()}
    return gateway.app.create_app(settings, transports)
