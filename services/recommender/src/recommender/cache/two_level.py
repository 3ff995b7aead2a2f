"""Bytes by key on two levels: process memory first, then Redis."""

import time
from collections.abc import Mapping, Sequence
from threading import Lock

from cachetools import TLRUCache

from recommender.cache.redis_level import Kept, RedisLevel

# The playback of a song takes about 300 bytes.
MEMORY_ENTRIES = 20_000


class TwoLevelCache:
    """Values with an expiry time each. Memory keeps a value from Redis for the time that it has left in Redis."""

    def __init__(self, redis: RedisLevel | None) -> None:
        self._redis = redis
        self._lock = Lock()
        self._memory: TLRUCache[str, Kept] = TLRUCache(MEMORY_ENTRIES, _expiry, time.monotonic)

    def get(self, key: str) -> bytes | None:
        """Return a value, or None."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values that exist. One call asks Redis for all values that memory does not hold."""
        known = self.peek(keys)
        missing = [key for key in keys if key not in known]
        if self._redis is None or not missing:
            return known
        found = self._redis.get_many(missing)
        self._remember(found)
        return known | {key: kept.value for key, kept in found.items()}

    def peek(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values that memory holds, without asking Redis."""
        with self._lock:
            held = [(key, self._memory.get(key)) for key in keys]
        return {key: kept.value for key, kept in held if kept is not None}

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Keep a value on both levels for some seconds. A value with no time left is not kept."""
        if seconds <= 0:
            return
        self._remember({key: Kept(value, seconds)})
        if self._redis is not None:
            self._redis.set(key, value, seconds)

    def _remember(self, values: Mapping[str, Kept]) -> None:
        with self._lock:
            self._memory.update(values)


def _expiry(_: str, kept: Kept, now: float) -> float:
    return now + kept.seconds
