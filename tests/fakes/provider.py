"""What the fakes of music services have in common: songs, counted calls and trouble."""

import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fakes.songs import Song, SongIndex
from fakes.trouble import Trouble, client_stays, reset_connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

Answer = Callable[[Request], Awaitable[Response]]
TOKEN = "token"


class FakeProvider:
    """A music service for tests; its `app` is to be served over a socket.

    `calls` counts by route, in trouble or not; `queries` keeps the query strings in order (but the token's);
    `most_at_once` is how many calls were under way together at most. Each call takes at least `delay` seconds.
    `trouble` befalls all routes but the token's, which has its own `token_trouble`.
    """

    def __init__(self, songs: Iterable[Song], answers: Mapping[tuple[str, str], Answer]) -> None:
        self.index = SongIndex(songs)
        self.calls = Counter({route: 0 for _, route in answers})
        self.queries: list[dict[str, str]] = []
        self.most_at_once = 0
        self.delay = 0.0
        self.trouble: Trouble | None = None
        self.token_trouble: Trouble | None = None
        self.app = Router([Route(path, Endpoint(self, route, answer)) for (path, route), answer in answers.items()])
        self._under_way = 0
        self._lock = threading.Lock()

    @property
    def songs(self) -> list[Song]:
        """The songs that it knows; may be set anew at any time."""
        return self.index.songs

    @songs.setter
    def songs(self, songs: Iterable[Song]) -> None:
        self.index = SongIndex(songs)

    def fail_with(self, **what: Any) -> None:
        """Be in Trouble(**what) from now on."""
        self.trouble = Trouble(**what)

    def recover(self) -> None:
        """Be neither in trouble nor slow any more."""
        self.trouble = self.token_trouble = None
        self.delay = 0.0

    def error(self, status: int, route: str) -> Any:
        """The service's own JSON for an error of this status."""
        raise NotImplementedError

    def next_trouble(self, route: str) -> Trouble:
        """Give the trouble that befalls this call; none is an empty one."""
        trouble = self.token_trouble if route == TOKEN else self.trouble
        with self._lock:
            return trouble if trouble and trouble.befalls(route) else Trouble()

    @contextmanager
    def counted(self, route: str, query: Mapping[str, str]) -> Iterator[None]:
        """Count a call, and that it is under way."""
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
    """One route of a fake: an ASGI app, so that trouble reaches the connection itself."""

    def __init__(self, provider: FakeProvider, route: str, answer: Answer) -> None:
        self.provider = provider
        self.route = route
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        with self.provider.counted(self.route, request.query_params):
            await request.body()
            trouble = self.provider.next_trouble(self.route)
            if not await client_stays(receive, self.provider.delay + trouble.delay):
                return
            response = None if trouble.reset else await self._respond(request, trouble)
        if response is None:
            await reset_connection(receive, send)
        else:
            await response(scope, receive, send)

    async def _respond(self, request: Request, trouble: Trouble) -> Response:
        if trouble.status is not None:
            body = self.provider.error(trouble.status, self.route) if trouble.body is None else trouble.body
            return JSONResponse(body, trouble.status, trouble.headers)
        response = await self.answer(request)
        if trouble.broken_json:
            half = bytes(response.body)[: len(response.body) // 2]
            return Response(half, response.status_code, media_type="application/json")
        return response
