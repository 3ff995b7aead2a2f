"""Caches bytes by key on two levels: process memory first, then Redis."""

import time
from collections.abc import Mapping, Sequence
from threading import Lock

from cachetools import TLRUCache

from recommender.cache.redis_level import RedisLevel, StoredValue

# The playback of a song takes about 300 bytes.
MEMORY_ENTRIES = 20_000


class TwoLevelCache:
    """A cache of values that expire. A value that memory got from Redis expires at the same time on both levels."""

    def __init__(self, redis: RedisLevel | None) -> None:
        self._redis = redis
        self._lock = Lock()
        self._memory: TLRUCache[str, StoredValue] = TLRUCache(MEMORY_ENTRIES, _expiry, time.monotonic)

    def get(self, key: str) -> bytes | None:
        """Return a value, or None if it does not exist."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values that exist. One round trip to Redis gets all values that memory does not hold."""
        known = self.peek(keys)
        missing = [key for key in keys if key not in known]
        if self._redis is None or not missing:
            return known
        found = self._redis.get_many(missing)
        self._remember(found)
        return known | {key: stored.value for key, stored in found.items()}

    def peek(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values that memory holds. Does not ask Redis."""
        with self._lock:
            held = [(key, self._memory.get(key)) for key in keys]
        return {key: stored.value for key, stored in held if stored is not None}

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Store a value on both levels; it expires after `seconds`. Does nothing if `seconds` is not above 0."""
        if seconds <= 0:
            return
        self._remember({key: StoredValue(value, seconds)})
        if self._redis is not None:
            self._redis.set(key, value, seconds)

    def _remember(self, values: Mapping[str, StoredValue]) -> None:
        with self._lock:
            self._memory.update(values)


def _expiry(_: str, stored: StoredValue, now: float) -> float:
    return now + stored.seconds
