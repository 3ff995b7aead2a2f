"""The gateway's app."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware

from gateway.door.rate_limit import RateLimitMiddleware, make_rate_limit
from gateway.routes import public_routers
from gateway.services import Clients, Transports, open_clients
from gateway.settings import Settings
from musicalface_common.app import assemble_app

DESCRIPTION = """A photo of a face goes in, songs that fit its mood come out.

    curl -F image=@face.jpg http://127.0.0.1:8000/recommend

Every error is `application/problem+json` (RFC 9457) with `type`, `title`, `status`,
`detail` and `request_id`. No photo and no lyrics are kept."""


def create_app(settings: Settings | None = None, transports: Transports | None = None) -> FastAPI:
    """Make the gateway. Services named in `transports` are reached through these, all others over sockets."""
    settings = settings or Settings()

    rate_limit = make_rate_limit(settings)

    @asynccontextmanager
    async def open_state() -> AsyncIterator[Clients]:
        async with AsyncExitStack() as stack:
            if rate_limit:
                await stack.enter_async_context(rate_limit.opened())
            yield await stack.enter_async_context(open_clients(settings, transports or {}))

    def dependencies(clients: Clients) -> Mapping[str, str]:
        return clients.states | ({"redis": rate_limit.redis_state} if rate_limit else {})

    door = [Middleware(RateLimitMiddleware, settings=settings, limit=rate_limit)] if rate_limit else []
    return assemble_app("gateway", DESCRIPTION, settings, open_state, public_routers(), dependencies, door)
