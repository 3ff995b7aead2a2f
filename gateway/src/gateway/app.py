"""The gateway's app."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from gateway.rate_limit import open_rate_limit
from gateway.routes import public_routers
from gateway.settings import Settings
from gateway.upstreams import Transports, open_clients
from musicalface_common.app import create_app as create_common_app
from musicalface_common.logging import configure_logging

DESCRIPTION = """A photo of a face goes in, songs that fit its mood come out.

    curl -F image=@face.jpg http://127.0.0.1:8000/recommend

Every error is `application/problem+json` (RFC 9457) with `type`, `title`, `status`,
`detail` and `request_id`. No photo and no lyrics are kept."""


def create_app(settings: Settings | None = None, transports: Transports | None = None) -> FastAPI:
    """Make the gateway. Services named in `transports` are reached through these, all others over sockets."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.log_level, settings.log_format)
        async with open_clients(settings, transports or {}) as app.state.clients:
            app.state.ready = True
            yield
            app.state.ready = False
        if app.state.rate_limit:
            await app.state.rate_limit.close()

    app = create_common_app("gateway", DESCRIPTION, settings, lifespan, public_routers(), service_states)
    app.state.settings = settings
    app.state.rate_limit = open_rate_limit(settings)
    return app


def service_states(request: Request) -> Mapping[str, str]:
    """Return the last known state of each service."""
    states: Mapping[str, str] = request.app.state.clients.states
    return states
