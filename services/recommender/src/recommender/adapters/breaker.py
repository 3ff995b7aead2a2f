"""A provider that wants no calls gets none, of no process, until the time that it named has passed."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Protocol

import structlog
from pydantic import TypeAdapter, ValidationError

from recommender.adapters.sources import LONGEST_SECONDS, Reason
from recommender.domain.provider import Provider

log = structlog.get_logger("musicalface.provider")


class Shared(Protocol):
    """What processes share values by: Redis, or a cache before it."""

    def get(self, key: str) -> bytes | None: ...
    def set(self, key: str, value: bytes, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Opening:
    """Until when, in seconds since 1970, and why a provider is left alone."""

    until: float
    reason: Reason


_json = TypeAdapter(Opening)


class Breaker:
    """Open while a provider is left alone. What one process learns holds for all that share a Redis."""

    def __init__(self, provider: Provider, shared: Shared | None) -> None:
        self._key = f"mf:breaker:{provider}"
        self._provider = provider
        self._shared = shared
        self._lock = Lock()
        self._opening: Opening | None = None

    def open(self, seconds: float, reason: Reason) -> None:
        """Leave the provider alone for some seconds, a day at most."""
        seconds = min(seconds, LONGEST_SECONDS)
        log.warning("provider limited", provider=self._provider, seconds=seconds, reason=reason)
        longest = self._take(Opening(time.time() + seconds, reason))
        left = longest.until - time.time()
        if self._shared is not None and left > 0:
            self._shared.set(self._key, _json.dump_json(longest), left)

    def is_open(self) -> bool:
        """Tell whether the provider is left alone; asks Redis where this process knows of nothing, and so may block."""
        if self.opening is None and self._shared is not None and (said := self._shared.get(self._key)):
            self._learn(said)
        return self.opening is not None

    @property
    def opening(self) -> Opening | None:
        """What this process knows: why the provider is left alone now, or None."""
        opening = self._opening
        return opening if opening is not None and opening.until > time.time() else None

    def state(self) -> str:
        """Return `ok` or, such as, `limited until 12:00:00Z (rate-limit)`, as far as this process knows."""
        opening = self.opening
        if opening is None:
            return "ok"
        return f"limited until {datetime.fromtimestamp(opening.until, UTC):%H:%M:%SZ} ({opening.reason})"

    def _learn(self, said: bytes) -> None:
        try:
            self._take(_json.validate_json(said))
        except ValidationError:
            log.warning("unreadable breaker in redis, not heeded", provider=self._provider)

    def _take(self, opening: Opening) -> Opening:
        """Keep the longer of what is known and what is new, and return it."""
        with self._lock:
            if self._opening is None or opening.until > self._opening.until:
                self._opening = opening
            return self._opening
