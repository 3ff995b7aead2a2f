"""The cache that processes share: Redis, as long as it answers."""

import asyncio
from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple, TypeVar, cast

import structlog
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

SOCKET_SECONDS = 0.2
PROBE_SECONDS = 5.0
# An error that escaped would end the watch: what a socket raises counts, too, wrapped by the client or not.
REDIS_ERRORS = (RedisError, OSError)

Answer = TypeVar("Answer")

log = structlog.get_logger("musicalface.cache")


class Kept(NamedTuple):
    """A value, and how many seconds it has left."""

    value: bytes
    seconds: float


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
            # The least that a new connection can be greeted with.
            protocol=2,
            driver_info=None,
        )

    def get(self, key: str) -> bytes | None:
        """Return a value, or None where there is none or Redis is away."""
        return self._attempt(lambda: cast(bytes | None, self._client.get(key)), None)

    def get_many(self, keys: Sequence[str]) -> dict[str, Kept]:
        """Return the values that there are, in one round trip; none where Redis is away."""
        return self._attempt(lambda: self._read(keys), {})

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Keep a value for so long, if Redis is there."""
        self._attempt(lambda: self._client.set(key, value, px=max(1, int(seconds * 1000))), None)

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

    def _read(self, keys: Sequence[str]) -> dict[str, Kept]:
        with self._client.pipeline(transaction=False) as pipeline:
            pipeline.mget(keys)
            for key in keys:
                pipeline.pttl(key)
            values, *milliseconds = pipeline.execute()
        found = zip(keys, values, milliseconds, strict=True)
        return {key: Kept(value, left / 1000) for key, value, left in found if value is not None and left > 0}

    def _attempt(self, call: Callable[[], Answer], otherwise: Answer) -> Answer:
        if not self.available:
            return otherwise
        try:
            return call()
        except REDIS_ERRORS as error:
            self._note(available=False, reason=type(error).__name__)
            return otherwise

    def _note(self, available: bool, reason: str | None = None) -> None:
        with self._lock:
            changed, self.available = self.available != available, available
        if changed and available:
            log.info("redis is back")
        elif changed:
            log.warning("redis away, process memory serves", reason=reason)
