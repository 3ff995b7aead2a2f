"""The bodies of requests while they are in memory: how large, how slow and how many they may be."""

from collections import Counter
from dataclasses import dataclass, field

from musicalface_common.errors import BodyTooLarge, Overloaded, Problem, RateLimited, RequestTimeout

# A client reads the response only when it has sent its body. So up to this multiple of the limit is read and discarded.
DRAIN_FACTOR = 4
# TCP and TLS start slowly, and radios wake up late.
GRACE_SECONDS = 5.0
# One client may hold this part of the budget with bodies that it has not finished.
CLIENT_SHARE = 0.25
RETRY = {"Retry-After": "1"}


@dataclass(frozen=True)
class BodyLimits:
    """Bytes of one body and of all bodies, seconds and bytes per second of one, and unfinished bodies of one client."""

    max_bytes: int
    budget: int
    seconds: float
    min_rate: int
    per_client: int


class Bodies:
    """Counts all bodies that are in memory."""

    def __init__(self, limits: BodyLimits) -> None:
        self.limits = limits
        self.held = 0
        self.unfinished: Counter[str] = Counter()
        self.unfinished_bytes: Counter[str] = Counter()

    def open(self, declared: int, client: str | None, now: float) -> "Body":
        """Count a body that a client begins to send. `client` is None where clients are not told apart."""
        body = Body(self, client, now)
        if client and self.unfinished[client] >= self.limits.per_client:
            body.refuse(RateLimited(f"{self.limits.per_client} uploads have not ended yet", headers=RETRY))
        elif declared > self.limits.max_bytes:
            body.refuse_size()
        if client:
            self.unfinished[client] += 1
        return body


@dataclass(eq=False)
class Body:
    """One body. `problem` is the reason why it is refused, or None."""

    _bodies: Bodies
    _client: str | None
    _since: float
    received: int = 0
    problem: Problem | None = None
    _held: int = 0
    _unfinished: bool = field(default=True)

    def take(self, size: int) -> bool:
        """Count the next bytes. Return False if they are to be discarded, because the body is refused."""
        self.received += size
        if self.problem is None:
            self._check_size(size)
        if self.problem is None:
            self._hold(size)
        return self.problem is None

    @property
    def drained(self) -> bool:
        """Whether a refused body is so long that the rest need not be read."""
        return self.received > self._bodies.limits.max_bytes * DRAIN_FACTOR

    def is_late(self, now: float) -> bool:
        """Refuse a body that arrives too slowly. Return whether it does."""
        limits, seconds = self._bodies.limits, now - self._since
        if seconds >= limits.seconds:
            self.refuse(RequestTimeout(f"the body did not arrive within {limits.seconds:g} s"))
        elif seconds >= GRACE_SECONDS and self.received < limits.min_rate * seconds:
            self.refuse(RequestTimeout(f"the body arrived at less than {limits.min_rate} bytes per second"))
        else:
            return False
        return True

    def refuse(self, problem: Problem) -> None:
        """Keep nothing of the body, and remember why."""
        self.problem = problem
        self._release()

    def refuse_size(self) -> None:
        """Refuse the body because it is too large."""
        self.refuse(BodyTooLarge(f"the request body is over {self._bodies.limits.max_bytes} bytes"))

    def finish(self) -> None:
        """Note that the body has arrived. It is in memory until `close`."""
        if self._unfinished and self._client:
            self._bodies.unfinished[self._client] -= 1
            self._bodies.unfinished_bytes[self._client] -= self._held
            if not self._bodies.unfinished[self._client]:
                del self._bodies.unfinished[self._client], self._bodies.unfinished_bytes[self._client]
        self._unfinished = False

    def close(self) -> None:
        """Stop counting the body. Safe to call twice."""
        self.finish()
        self._release()

    def _check_size(self, size: int) -> None:
        limits, bodies = self._bodies.limits, self._bodies
        if self.received > limits.max_bytes:
            self.refuse_size()
        elif bodies.held + size > limits.budget:
            self.refuse(Overloaded("too many requests are arriving at once", headers=RETRY))
        elif self._client and bodies.unfinished_bytes[self._client] + size > limits.budget * CLIENT_SHARE:
            self.refuse(RateLimited("too many uploads have not ended yet", headers=RETRY))

    def _hold(self, size: int) -> None:
        self._held += size
        self._bodies.held += size
        if self._client:
            self._bodies.unfinished_bytes[self._client] += size

    def _release(self) -> None:
        self._bodies.held -= self._held
        if self._unfinished and self._client:
            self._bodies.unfinished_bytes[self._client] -= self._held
        self._held = 0
