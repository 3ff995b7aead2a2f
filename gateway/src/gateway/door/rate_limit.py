"""The rate limit: it counts each client's requests in Redis, or in this process without Redis."""

import math
import time
from collections.abc import AsyncIterator, Collection
from contextlib import aclosing, asynccontextmanager
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

from gateway.door.client_address import identify_client
from gateway.settings import NO_RATE_LIMIT, Settings
from musicalface_common.errors import RateLimited
from musicalface_common.limits.operational import is_operational
from musicalface_common.redis import CONNECTION, Availability

KEY_PREFIX = "mf:rate"
UNCOUNTED_PATHS = ("/", "/docs", "/redoc", "/openapi.json")


class RateLimit:
    """Counts the requests of each client in windows that start with the client's first request.

    It counts in Redis if there is a `redis_url`. Without one, or while Redis is away, it counts in this process.
    """

    def __init__(self, limit: str, redis_url: str | None = None) -> None:
        self._limit = parse(limit)
        self._memory = FixedWindowRateLimiter(MemoryStorage())
        self._redis = _RedisCounter(redis_url) if redis_url else None

    async def enforce(self, client: str) -> None:
        """Count one request of a client. Raises RateLimited if the client has sent too many."""
        item = type(self._limit)(self._limit.amount, self._limit.multiples, namespace=client)
        wait = await self._hit(item)
        if wait:
            raise RateLimited(f"the limit of requests is {self._limit}", headers={"Retry-After": str(wait)})

    @property
    def redis_state(self) -> str:
        """The state of Redis: `ok`, `away` or `not configured`."""
        return self._redis.availability.state if self._redis else "not configured"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Probe Redis in the background until the block ends, then close the connections to it."""
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
    """Counts in Redis. `availability` knows whether Redis responds."""

    def __init__(self, url: str) -> None:
        self._pool = ConnectionPool.from_url(url, retry=Retry(NoBackoff(), 0), **CONNECTION)
        self.limiter = _redis_limiter(url, self._pool)
        self.availability = Availability(Redis(connection_pool=self._pool).ping)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        async with aclosing(self._pool), self.availability.watched():
            yield


def make_rate_limit(settings: Settings) -> RateLimit | None:
    """Make the rate limit that the settings describe, or return None if they switch it off."""
    return None if settings.rate_limit in NO_RATE_LIMIT else RateLimit(settings.rate_limit, settings.redis_url)


class RateLimitMiddleware:
    """Counts each request before its body is read. Health, metrics and documentation pages are not counted."""

    def __init__(self, app: ASGIApp, limit: RateLimit, api_keys: Collection[SecretStr]) -> None:
        self._app = app
        self._limit = limit
        self._api_keys = api_keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_operational(scope) and scope["path"] not in UNCOUNTED_PATHS:
            await self._limit.enforce(identify_client(Request(scope), self._api_keys))
        await self._app(scope, receive, send)


async def _seconds_to_wait(limiter: FixedWindowRateLimiter, item: RateLimitItem) -> int:
    if await limiter.hit(item):
        return 0
    window = await limiter.get_window_stats(item)
    return max(1, math.ceil(window.reset_time - time.time()))


def _redis_limiter(url: str, pool: ConnectionPool) -> FixedWindowRateLimiter:
    option: Any = pool  # the storage takes this object, but declares its options as plain values
    storage = RedisStorage(f"async+{url}", implementation="redispy", key_prefix=KEY_PREFIX, connection_pool=option)
    return FixedWindowRateLimiter(storage)
