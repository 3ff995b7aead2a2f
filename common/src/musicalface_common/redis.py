"""Settings for Redis clients that fail fast, and a shared way to notice when Redis goes away and comes back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from threading import Lock
from types import TracebackType
from typing import Any

import structlog
from redis import RedisError

from musicalface_common.background import running

SOCKET_SECONDS = 0.2
PROBE_SECONDS = 5.0
# The client does not turn all errors of the socket into RedisError.
REDIS_ERRORS = (RedisError, OSError)

# How every client connects. Each adds `retry`, whose class differs between blocking and asynchronous clients.
CONNECTION: Mapping[str, Any] = {
    "socket_timeout": SOCKET_SECONDS,
    "socket_connect_timeout": SOCKET_SECONDS,
    # With these two a new connection costs the fewest round trips.
    "protocol": 2,
    "driver_info": None,
}

log = structlog.get_logger("musicalface.redis")


class Availability:
    """Whether Redis answers. After a failure, `available` is false until a probe succeeds, so that no caller waits.

    `ping` calls Redis. It raises one of REDIS_ERRORS if Redis does not answer.
    """

    def __init__(self, ping: Callable[[], Awaitable[object]]) -> None:
        self.available = True
        self._ping = ping
        self._lock = Lock()

    @property
    def state(self) -> str:
        """`ok` or `away`, for the response of `/health/ready`."""
        return "ok" if self.available else "away"

    def attempt(self) -> AbstractContextManager[None, bool]:
        """Return a context in which a Redis error ends the block, marks Redis as away, and is not raised."""
        return _Attempt(self)

    async def probe(self) -> None:
        """Ping Redis, and mark it as available or away. Takes at most 0.4 s, also if resolving its name hangs."""
        try:
            async with asyncio.timeout(2 * SOCKET_SECONDS):
                await self._ping()
        except Exception as error:  # an unexpected one must not end the watch
            self.note_failure(error)
        else:
            self._note(available=True)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Probe Redis now, and then every 5 s until the block ends."""
        await self.probe()
        async with running(self._watch()):
            yield

    def note_failure(self, error: Exception) -> None:
        """Mark Redis as away."""
        self._note(available=False, reason=type(error).__name__)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(PROBE_SECONDS)
            await self.probe()

    def _note(self, available: bool, reason: str | None = None) -> None:
        with self._lock:
            changed, self.available = self.available != available, available
        if changed and available:
            log.info("redis is back")
        elif changed:
            log.warning("redis is away, process memory is used", reason=reason)


class _Attempt:
    def __init__(self, availability: Availability) -> None:
        self._availability = availability

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, REDIS_ERRORS):
            return False
        self._availability.note_failure(error)
        return True
