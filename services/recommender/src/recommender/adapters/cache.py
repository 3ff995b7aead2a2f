"""Candidate lists on two levels: process memory before Redis, and without Redis where it is away."""

import asyncio
from collections.abc import Callable
from threading import Lock
from typing import cast

import structlog
from cachetools import TTLCache
from pydantic import TypeAdapter, ValidationError
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from recommender.domain.track import Track

LIFETIME_SECONDS = 3600
MEMORY_ENTRIES = 64
SOCKET_SECONDS = 0.2
PROBE_SECONDS = 5.0
# An error that escaped would end the watch: what a socket raises counts, too, wrapped by the client or not.
REDIS_ERRORS = (RedisError, OSError)

log = structlog.get_logger("musicalface.cache")
_json = TypeAdapter(list[Track])


class RedisLevel:
    """Redis as long as it answers: after one failure nobody waits for it until a probe reaches it again."""

    def __init__(self, url: str) -> None:
        self.available = True
        self._lock = Lock()
        self._client = Redis.from_url(
            url,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            retry=Retry(NoBackoff(), retries=0),
        )

    def get(self, key: str) -> bytes | None:
        """Return a value, or None where there is none or Redis is away."""
        return cast(bytes | None, self._attempt(lambda: self._client.get(key)))

    def set(self, key: str, value: bytes) -> None:
        """Keep a value for its lifetime, if Redis is there."""
        self._attempt(lambda: self._client.set(key, value, ex=LIFETIME_SECONDS))

    def probe(self) -> None:
        """Find out whether Redis is there."""
        try:
            self._client.ping()
        except REDIS_ERRORS as error:
            self._note(available=False, reason=type(error).__name__)
        else:
            self._note(available=True)

    async def watch(self) -> None:
        """Probe until cancelled, so that no request has to find out that Redis is back."""
        while True:
            await asyncio.to_thread(self.probe)
            await asyncio.sleep(PROBE_SECONDS)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _attempt(self, call: Callable[[], object]) -> object:
        if not self.available:
            return None
        try:
            return call()
        except REDIS_ERRORS as error:
            self._note(available=False, reason=type(error).__name__)
            return None

    def _note(self, available: bool, reason: str | None = None) -> None:
        with self._lock:
            changed, self.available = self.available != available, available
        if changed and available:
            log.info("redis is back")
        elif changed:
            log.warning("redis away, process memory serves", reason=reason)


class CandidateCache:
    """Candidate lists by key. What a level cannot give is taken from the one behind it, and kept."""

    def __init__(self, redis: RedisLevel | None) -> None:
        self._redis = redis
        self._lock = Lock()
        self._memory: TTLCache[str, list[Track]] = TTLCache(MEMORY_ENTRIES, LIFETIME_SECONDS)

    @property
    def redis_state(self) -> str:
        """`ok`, `away` or `not configured`."""
        if self._redis is None:
            return "not configured"
        return "ok" if self._redis.available else "away"

    def get(self, key: str, compute: Callable[[], list[Track]]) -> list[Track]:
        """Return the list of a key, computed where neither level has it."""
        with self._lock:
            known: list[Track] | None = self._memory.get(key)
        if known is not None:
            return known
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
            self._redis.set(key, _json.dump_json(candidates))
        return candidates


def _decode(stored: bytes) -> list[Track] | None:
    try:
        return _json.validate_json(stored)
    except ValidationError:
        log.warning("unreadable candidate list in redis, made anew")
        return None
