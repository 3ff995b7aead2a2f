"""The gateway's app: the public routes behind the gateway's middleware."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware

from gateway.door.client_address import ClientNames, trust_proxies
from gateway.door.cross_origin import allow_origins
from gateway.door.rate_limit import RateLimit, RateLimitMiddleware, make_rate_limit
from gateway.routes import PHOTO_PATHS, public_routers
from gateway.services import Services, Transports, open_services
from gateway.settings import Settings
from musicalface_common.app import assemble_app
from musicalface_common.environment import read_settings
from musicalface_common.limits.admission import Clients, SlowCalls
from musicalface_common.limits.places import TimedPlaces

DESCRIPTION = """A photo of a face goes in, songs that fit its mood come out.

    curl -F image=@face.jpg http://127.0.0.1:8000/recommend

Every error is `application/problem+json` (RFC 9457) with `type`, `title`, `status`,
`detail` and `request_id`. The server stores no photos and no lyrics."""


def create_app(settings: Settings | None = None, transports: Transports | None = None) -> FastAPI:
    """Make the gateway. It calls a service through its transport in `transports`, or over a socket if it has none."""
    settings = settings or read_settings(Settings)
    rate_limit = make_rate_limit(settings)

    @asynccontextmanager
    async def open_state() -> AsyncIterator[Services]:
        async with AsyncExitStack() as stack:
            if rate_limit:
                await stack.enter_async_context(rate_limit.opened())
            yield await stack.enter_async_context(open_services(settings, transports or {}))

    def dependencies(services: Services) -> Mapping[str, str]:
        return services.readiness | ({"redis": rate_limit.redis_state} if rate_limit else {})

    return assemble_app(
        "gateway",
        DESCRIPTION,
        settings,
        open_state,
        public_routers(),
        dependencies,
        outer_middleware=_own_middleware(settings, rate_limit),
        outermost_middleware=[allow_origins(settings.cors_origins)] if settings.cors_origins else [],
        public=True,
        clients=_clients(settings, rate_limit),
        slow=SlowCalls(PHOTO_PATHS, TimedPlaces(settings.max_concurrency, settings.photo_seconds)),
    )


def _clients(settings: Settings, rate_limit: RateLimit | None) -> Clients:
    """Tell clients apart where the rate limit does."""
    names = ClientNames(settings.trusted_proxies, settings.api_keys)
    return Clients(names if rate_limit else None, names.is_proxy, settings.max_uploads_per_client)


def _own_middleware(settings: Settings, rate_limit: RateLimit | None) -> list[Middleware]:
    """Return the gateway's own middleware, outermost first: the rate limit needs the address that proxies forward."""
    middleware = []
    if settings.trusted_proxies:
        middleware.append(trust_proxies(settings.trusted_proxies))
    if rate_limit:
        middleware.append(Middleware(RateLimitMiddleware, limit=rate_limit, api_keys=settings.api_keys))
    return middleware
