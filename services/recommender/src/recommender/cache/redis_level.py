"""The cache level that processes share: Redis. While Redis is away, the level is empty."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import NamedTuple, cast

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from musicalface_common.redis import CONNECTION, Availability


class StoredValue(NamedTuple):
    """A value, and the seconds until it expires."""

    value: bytes
    seconds: float


class RedisLevel:
    """Reads and writes values in Redis. While Redis is away, reads find no value and writes do nothing."""

    def __init__(self, url: str) -> None:
        self._client = Redis.from_url(url, retry=Retry(NoBackoff(), retries=0), **CONNECTION)
        self.availability = Availability(partial(asyncio.to_thread, self._client.ping))

    def get(self, key: str) -> bytes | None:
        """Return a value, or None if it does not exist or Redis is away."""
        if self.availability.available:
            with self.availability.attempt():
                return cast(bytes | None, self._client.get(key))
        return None

    def get_many(self, keys: Sequence[str]) -> dict[str, StoredValue]:
        """Return the values that exist and will expire, in one round trip. Returns {} while Redis is away."""
        if self.availability.available:
            with self.availability.attempt():
                return self._read(keys)
        return {}

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Store a value that expires after `seconds`. Does nothing while Redis is away."""
        if self.availability.available:
            with self.availability.attempt():
                self._client.set(key, value, px=max(1, int(seconds * 1000)))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _read(self, keys: Sequence[str]) -> dict[str, StoredValue]:
        with self._client.pipeline(transaction=False) as pipeline:
            pipeline.mget(keys)
            for key in keys:
                pipeline.pttl(key)
            values, *milliseconds = pipeline.execute()
        found = zip(keys, values, milliseconds, strict=True)
        return {key: StoredValue(value, left / 1000) for key, value, left in found if value is not None and left > 0}


@asynccontextmanager
async def open_redis_level(url: str | None) -> AsyncIterator[RedisLevel | None]:
    """Open the level, and probe its Redis every 5 s until the block ends. Without a URL, yield None."""
    if url is None:
        yield None
        return
    with closing(RedisLevel(url)) as redis:
        async with redis.availability.watched():
            yield redis
