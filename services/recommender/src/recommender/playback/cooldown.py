"""Cooldowns: after a provider has limited calls, no process calls it until the time that it named is over."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

import structlog
from pydantic import TypeAdapter, ValidationError

from recommender.cache.redis_level import RedisLevel
from recommender.domain.provider import Provider
from recommender.providers.protocol import LONGEST_SECONDS, Reason

log = structlog.get_logger("musicalface.provider")


@dataclass(frozen=True, slots=True)
class Cooldown:
    """The end of a cooldown in seconds since 1970, and its reason."""

    until: float
    reason: Reason


_json = TypeAdapter(Cooldown)


class ProviderCooldown:
    """The cooldown of one provider, which all processes share through Redis."""

    def __init__(self, provider: Provider, shared: RedisLevel | None) -> None:
        self._key = f"mf:cooldown:{provider}"
        self._provider = provider
        self._shared = shared
        self._lock = Lock()
        self._longest: Cooldown | None = None

    def start(self, seconds: float, reason: Reason) -> None:
        """Start a cooldown of `seconds`, at most a day. A running cooldown that ends later goes on."""
        seconds = min(seconds, LONGEST_SECONDS)
        log.warning("provider limited", provider=self._provider, seconds=seconds, reason=reason)
        longest = self._extend(Cooldown(time.time() + seconds, reason))
        left = longest.until - time.time()
        if self._shared is not None and left > 0:
            self._shared.set(self._key, _json.dump_json(longest), left)

    def is_active(self) -> bool:
        """Return whether a cooldown is running. If this process knows of none, it asks Redis, which may block."""
        if self.current is None and self._shared is not None and (stored := self._shared.get(self._key)):
            self._learn(stored)
        return self.current is not None

    @property
    def current(self) -> Cooldown | None:
        """The running cooldown that this process knows of, or None. Does not ask Redis."""
        longest = self._longest
        return longest if longest is not None and longest.until > time.time() else None

    def state(self) -> str:
        """Return `ok`, or for example `limited until 12:00:00Z (rate-limit)`. Does not ask Redis."""
        current = self.current
        if current is None:
            return "ok"
        return f"limited until {datetime.fromtimestamp(current.until, UTC):%H:%M:%SZ} ({current.reason})"

    def _learn(self, stored: bytes) -> None:
        try:
            self._extend(_json.validate_json(stored))
        except ValidationError:
            log.warning("cooldown in redis is unreadable, ignoring it", provider=self._provider)

    def _extend(self, cooldown: Cooldown) -> Cooldown:
        """Remember this cooldown if it ends later than the known one. Return the one that ends later."""
        with self._lock:
            if self._longest is None or cooldown.until > self._longest.until:
                self._longest = cooldown
            return self._longest
