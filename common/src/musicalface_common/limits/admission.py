"""What one app lets in. Its server asks before it reads a body, and before it starts to serve a request."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import Scope

from musicalface_common.errors import MalformedRequest, Problem
from musicalface_common.limits.bodies import Bodies, Body, BodyLimits
from musicalface_common.limits.connections import Connections
from musicalface_common.limits.operational import is_operational
from musicalface_common.limits.places import Places
from musicalface_common.settings import ServiceSettings

# The browser needs headers of the app in an answer to another origin. A caller that sends an id finds it in the logs.
ANSWERED_BY_APP = frozenset({b"origin", b"x-request-id"})


UNLIMITED = 2**31


@dataclass(frozen=True)
class Clients:
    """How an app tells its clients apart. By default it does not: then no limit holds for a single client.

    `name_of` returns the name under which a request's client is counted. `is_shared` returns whether many clients
    connect from an address, such as that of a proxy. A client may have `most_uploads` bodies that are not complete.
    """

    name_of: Callable[[Scope], str] | None = None
    is_shared: Callable[[str], bool] = lambda _: False
    most_uploads: int = 0


@dataclass(frozen=True)
class SlowCalls:
    """The paths of calls that take far longer than all others, and places of their own for them."""

    paths: frozenset[str]
    places: Places


class Admission:
    """Counts the connections, bodies and requests of one app."""

    def __init__(
        self, service: str, settings: ServiceSettings, clients: Clients | None, slow: SlowCalls | None
    ) -> None:
        clients = clients or Clients()
        self.service = service
        self.connections = Connections(settings.max_connections, clients.is_shared)
        # The time since which the server stops, by the event loop's clock.
        self.stopping_since: float | None = None
        self._clients = clients
        self._slow = slow or SlowCalls(frozenset(), Places(0))
        self._operations = Places(UNLIMITED)
        self._places = Places(settings.max_concurrency)
        self._bodies = Bodies(
            BodyLimits(
                max_bytes=settings.max_body_bytes,
                budget=settings.max_bodies_bytes,
                seconds=settings.upload_timeout_s,
                min_rate=settings.min_upload_rate,
                per_client=clients.most_uploads,
            )
        )

    def open_body(self, scope: Scope) -> Body | None:
        """Count the body that a request announces. Return None for a request without a body."""
        headers = dict(scope["headers"])
        declared = int(headers.get(b"content-length", b"0"))
        if not declared and b"transfer-encoding" not in headers:
            return None
        return self._bodies.open(declared, self.client(scope), asyncio.get_running_loop().time())

    def client(self, scope: Scope) -> str | None:
        """Return the name of a request's client, or None where clients are not told apart."""
        return self._clients.name_of(scope) if self._clients.name_of else None

    def places(self, scope: Scope) -> Places:
        """Return the places of which a request takes one. Those of health and metrics never run out."""
        if is_operational(scope):
            return self._operations
        return self._slow.places if self._is_slow(scope) else self._places

    def may_refuse_quickly(self, scope: Scope) -> bool:
        """Return whether the server may refuse a request without the app: a slow call, of which many are refused."""
        return self._is_slow(scope) and ANSWERED_BY_APP.isdisjoint(name for name, _ in scope["headers"])

    def _is_slow(self, scope: Scope) -> bool:
        return scope["path"] in self._slow.paths


def fault_of(scope: Scope) -> Problem | None:
    """Return what is wrong with the head of a request. HTTP/1.1 demands one Host (RFC 9112, 3.2)."""
    hosts = sum(name == b"host" for name, _ in scope["headers"])
    if hosts == 1 or (hosts == 0 and scope["http_version"] == "1.0"):
        return None
    return MalformedRequest("a request needs one Host header")
