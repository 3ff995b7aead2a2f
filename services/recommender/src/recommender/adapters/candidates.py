"""Candidate lists on two levels: process memory before Redis, and memory alone where Redis is away."""

from collections.abc import Callable
from threading import Lock

import structlog
from cachetools import LRUCache, TTLCache
from pydantic import TypeAdapter, ValidationError

from recommender.adapters.redis_level import RedisLevel
from recommender.domain.track import Track

LIFETIME_SECONDS = 3600
MEMORY_ENTRIES = 64

log = structlog.get_logger("musicalface.cache")
_json = TypeAdapter(list[Track])


class CandidateCache:
    """Candidate lists by key. What a level cannot give is taken from the one behind it, and kept.

    Memory holds the lists themselves: whoever asks again gets the same object.
    """

    def __init__(self, redis: RedisLevel | None) -> None:
        self._redis = redis
        self._lock = Lock()
        self._memory: TTLCache[str, list[Track]] = TTLCache(MEMORY_ENTRIES, LIFETIME_SECONDS)
        self._making: LRUCache[str, Lock] = LRUCache(MEMORY_ENTRIES)

    @property
    def redis_state(self) -> str:
        """`ok`, `away` or `not configured`."""
        return self._redis.availability.state if self._redis else "not configured"

    def get(self, key: str, compute: Callable[[], list[Track]]) -> list[Track]:
        """Return the list of a key, computed where neither level has it, by one thread while others wait for it."""
        known = self._known(key)
        if known is not None:
            return known
        with self._making_of(key):
            known = self._known(key)
            return self._make(key, compute) if known is None else known

    def _known(self, key: str) -> list[Track] | None:
        with self._lock:
            known: list[Track] | None = self._memory.get(key)
        return known

    def _making_of(self, key: str) -> Lock:
        with self._lock:
            making: Lock = self._making.setdefault(key, Lock())
        return making

    def _make(self, key: str, compute: Callable[[], list[Track]]) -> list[Track]:
        candidates = self._from_redis(key, compute)
        with self._lock:
            self._memory[key] = candidates
        return candidates

    def _from_redis(self, key: str, compute: Callable[[], list[Track]]) -> list[Track]:
        stored = self._redis.get(key) if self._redis else None
        if stored is not None and (candidates := _decode(stored)) is not None:
            return candidates
        candidates = compute()
        if self._redis:
            self._redis.set(key, _json.dump_json(candidates), LIFETIME_SECONDS)
        return candidates


def _decode(stored: bytes) -> list[Track] | None:
    try:
        return _json.validate_json(stored)
    except ValidationError:
        log.warning("unreadable candidate list in redis, made anew")
        return None
