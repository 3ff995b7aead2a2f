"""The base of all fake music services: songs, counted calls and faults."""

import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fakes.fault import Fault, client_stays, reset_connection
from fakes.songs import Song, SongIndex
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

Answer = Callable[[Request], Awaitable[Response]]
TOKEN = "token"


class FakeProvider:
    """A music service for tests. Tests serve its `app` over a socket.

    `calls` counts calls by route, failed ones too. `queries` holds the query strings in order, except those of the
    token route. `most_at_once` is the largest number of simultaneous calls. Each call takes at least `delay` seconds.
    `fault` applies to all routes except the token route, which has its own `token_fault`.
    """

    def __init__(self, songs: Iterable[Song], answers: Mapping[tuple[str, str], Answer]) -> None:
        self.index = SongIndex(songs)
        self.calls = Counter({route: 0 for _, route in answers})
        self.queries: list[dict[str, str]] = []
        self.most_at_once = 0
        self.delay = 0.0
        self.fault: Fault | None = None
        self.token_fault: Fault | None = None
        self.app = Router([Route(path, Endpoint(self, route, answer)) for (path, route), answer in answers.items()])
        self._under_way = 0
        self._lock = threading.Lock()

    @property
    def songs(self) -> list[Song]:
        """All songs of the service. A test may replace them at any time."""
        return self.index.songs

    @songs.setter
    def songs(self, songs: Iterable[Song]) -> None:
        self.index = SongIndex(songs)

    def fail_with(self, **fault: Any) -> None:
        """Fail with Fault(**fault) from now on."""
        self.fault = Fault(**fault)

    def recover(self) -> None:
        """Remove all faults and the delay."""
        self.fault = self.token_fault = None
        self.delay = 0.0

    def error(self, status: int, route: str) -> Any:
        """Return the JSON with which the real service reports an error of this status."""
        raise NotImplementedError

    def next_fault(self, route: str) -> Fault:
        """Return the fault of this call, or an empty one, and count it."""
        fault = self.token_fault if route == TOKEN else self.fault
        with self._lock:
            return fault if fault and fault.hits(route) else Fault()

    @contextmanager
    def counted(self, route: str, query: Mapping[str, str]) -> Iterator[None]:
        """Count a call, and count it as simultaneous with others during the block."""
        with self._lock:
            self.calls[route] += 1
            if route != TOKEN:
                self.queries.append(dict(query))
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1


class Endpoint:
    """One route of a fake. It is an ASGI app, because some faults act on the connection itself."""

    def __init__(self, provider: FakeProvider, route: str, answer: Answer) -> None:
        self.provider = provider
        self.route = route
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        with self.provider.counted(self.route, request.query_params):
            await request.body()
            fault = self.provider.next_fault(self.route)
            if not await client_stays(receive, self.provider.delay + fault.delay):
                return
            response = None if fault.reset else await self._respond(request, fault)
        if response is None:
            await reset_connection(receive, send)
        else:
            await response(scope, receive, send)

    async def _respond(self, request: Request, fault: Fault) -> Response:
        if fault.status is not None:
            body = self.provider.error(fault.status, self.route) if fault.body is None else fault.body
            return JSONResponse(body, fault.status, fault.headers)
        response = await self.answer(request)
        if fault.broken_json:
            half = bytes(response.body)[: len(response.body) // 2]
            return Response(half, response.status_code, media_type="application/json")
        return response
