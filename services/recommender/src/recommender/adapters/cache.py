"""Bytes by key on two levels: process memory before Redis, and memory alone where Redis is away."""

import time
from collections.abc import Mapping, Sequence
from threading import Lock

from cachetools import TLRUCache

from recommender.adapters.redis_level import Kept, RedisLevel

# A song's playback is of some 300 bytes.
MEMORY_ENTRIES = 20_000


class Cache:
    """Values that live for a time of their own; what comes from Redis lives in memory for what it has left there."""

    def __init__(self, redis: RedisLevel | None) -> None:
        self._redis = redis
        self._lock = Lock()
        self._memory: TLRUCache[str, Kept] = TLRUCache(MEMORY_ENTRIES, _end, time.monotonic)

    def get(self, key: str) -> bytes | None:
        """Return a value, or None."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values that there are; Redis is asked once for all that memory lacks."""
        known = self.peek(keys)
        missing = [key for key in keys if key not in known]
        if self._redis is None or not missing:
            return known
        found = self._redis.get_many(missing)
        self._remember(found)
        return known | {key: kept.value for key, kept in found.items()}

    def peek(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values that memory holds; waits for nothing."""
        with self._lock:
            held = [(key, self._memory.get(key)) for key in keys]
        return {key: kept.value for key, kept in held if kept is not None}

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Keep a value on both levels; no longer than no time is not at all."""
        if seconds <= 0:
            return
        self._remember({key: Kept(value, seconds)})
        if self._redis is not None:
            self._redis.set(key, value, seconds)

    def _remember(self, values: Mapping[str, Kept]) -> None:
        with self._lock:
            self._memory.update(values)


def _end(_: str, kept: Kept, now: float) -> float:
    return now + kept.seconds
