"""How often a client may ask: counted in Redis, or in this process while Redis is away or not configured."""

import hashlib
import math
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from ipaddress import IPv6Network, ip_address
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from pydantic import SecretStr
from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.settings import NO_RATE_LIMIT, Network, Settings
from musicalface_common.errors import RateLimited
from musicalface_common.limits import is_operational
from musicalface_common.redis import CONNECTION, Availability

KEY_PREFIX = "mf:rate"
FREE_PAGES = ("/", "/docs", "/redoc", "/openapi.json")


class RateLimit:
    """Counts the requests of each client in windows that start with its first one."""

    def __init__(self, limit: str, redis_url: str | None = None) -> None:
        self._limit = parse(limit)
        self._memory = FixedWindowRateLimiter(MemoryStorage())
        self._redis = _RedisCounter(redis_url) if redis_url else None

    async def enforce(self, client: str) -> None:
        """Count one request of a client. Raises RateLimited when there were too many."""
        item = type(self._limit)(self._limit.amount, self._limit.multiples, namespace=client)
        wait = await self._hit(item)
        if wait:
            raise RateLimited(f"more than {self._limit}", headers={"Retry-After": str(wait)})

    @property
    def redis_state(self) -> str:
        """`ok`, `away` or `not configured`."""
        return self._redis.availability.state if self._redis else "not configured"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Watch Redis until the block ends, then close the connections to it."""
        if self._redis is None:
            yield
            return
        async with self._redis.opened():
            yield

    async def _hit(self, item: RateLimitItem) -> int:
        if self._redis and self._redis.availability.available:
            with self._redis.availability.attempt():
                return await _seconds_to_wait(self._redis.limiter, item)
        return await _seconds_to_wait(self._memory, item)


class _RedisCounter:
    """Counts in Redis. `availability` says whether Redis answers."""

    def __init__(self, url: str) -> None:
        self._pool = ConnectionPool.from_url(url, retry=Retry(NoBackoff(), 0), **CONNECTION)
        self.limiter = _limiter(url, self._pool)
        self.availability = Availability(Redis(connection_pool=self._pool).ping)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        async with self.availability.watched():
            yield
        await self._pool.aclose()


def make_rate_limit(settings: Settings) -> RateLimit | None:
    """Make the rate limit that the settings name, or None where it is off."""
    return None if settings.rate_limit in NO_RATE_LIMIT else RateLimit(settings.rate_limit, settings.redis_url)


class RateLimitMiddleware:
    """Count each request before anything is spent on it; operations and pages are free."""

    def __init__(self, app: ASGIApp, settings: Settings, limit: RateLimit) -> None:
        self._app = app
        self._settings = settings
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_operational(scope) and scope["path"] not in FREE_PAGES:
            await self._limit.enforce(client_of(Request(scope), self._settings))
        await self._app(scope, receive, send)


def client_of(request: Request, settings: Settings) -> str:
    """Name a client by its API key if that is known, else by its address; the key itself is not kept."""
    key = request.headers.get("x-api-key")
    if key and SecretStr(key) in settings.api_keys:
        return f"key-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    peer = request.client.host if request.client else "unknown"
    return _network(_forwarded_for(peer, request.headers.getlist("x-forwarded-for"), settings.trusted_proxies))


def _network(client: str) -> str:
    """Take all addresses of an IPv6 subscriber (RFC 6177: a /64 at the least) for one client."""
    if not _is_address(client) or ip_address(client).version == 4:
        return client
    return str(IPv6Network((client.partition("%")[0], 64), strict=False))


def _forwarded_for(peer: str, headers: Sequence[str], trusted_proxies: Sequence[Network]) -> str:
    """Walk back from the peer as long as each hop is a proxy that is trusted to name the one before it."""
    hops = [hop.strip() for header in headers for hop in header.split(",")]
    client = peer
    while hops and _is_trusted(client, trusted_proxies) and _is_address(hops[-1]):
        client = hops.pop()
    return client


def _is_trusted(host: str, trusted_proxies: Sequence[Network]) -> bool:
    return _is_address(host) and any(ip_address(host) in network for network in trusted_proxies)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def _seconds_to_wait(limiter: FixedWindowRateLimiter, item: RateLimitItem) -> int:
    if await limiter.hit(item):
        return 0
    window = await limiter.get_window_stats(item)
    return max(1, math.ceil(window.reset_time - time.time()))


def _limiter(redis_url: str, pool: ConnectionPool) -> FixedWindowRateLimiter:
    client: Any = pool  # handed on as it is, though declared as a plain value
    storage = RedisStorage(
        f"async+{redis_url}", implementation="redispy", key_prefix=KEY_PREFIX, connection_pool=client
    )
    return FixedWindowRateLimiter(storage)
