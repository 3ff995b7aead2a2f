"""The gateway's app."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.middleware import Middleware

from gateway.rate_limit import RateLimitMiddleware, open_rate_limit
from gateway.routes import public_routers
from gateway.settings import Settings
from gateway.upstreams import Clients, Transports, open_clients
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
        if rate_limit:
            await rate_limit.close()

    def states(request: Request) -> Mapping[str, str]:
        clients: Clients = request.app.state.clients
        return clients.states | ({"redis": rate_limit.redis_state} if rate_limit else {})

    rate_limit = open_rate_limit(settings)
    door = [Middleware(RateLimitMiddleware, settings=settings, limit=rate_limit)] if rate_limit else []
    return create_common_app("gateway", DESCRIPTION, settings, lifespan, public_routers(), states, door)
