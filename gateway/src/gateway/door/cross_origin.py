"""Lets pages of other origins call the API from a browser (CORS, the Fetch standard)."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

METHODS = ("GET", "HEAD", "POST")
SENT_HEADERS = ("X-API-Key", "X-Request-Id")
# Pages may read only these and a few that are always readable, such as Content-Type.
READ_HEADERS = ("Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id")


def allow_origins(origins: Sequence[str]) -> Middleware:
    """Make the middleware that allows these origins to read all responses, also those to errors. `*` allows all.

    It answers an allowed preflight itself, before any limit counts it. All other requests go on to the app, so that an
    origin that is not allowed finds a server without CORS. Cookies are not allowed.
    """
    return Middleware(
        _CrossOrigin,
        allow_origins=origins,
        allow_methods=METHODS,
        allow_headers=SENT_HEADERS,
        expose_headers=READ_HEADERS,
    )


class _CrossOrigin(CORSMiddleware):
    """Starlette's, without its plain text for a preflight that is not allowed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        preflight = scope["method"] == "OPTIONS" and {"origin", "access-control-request-method"} <= set(headers)
        if preflight and (answer := self.preflight_response(headers)).status_code == 200:
            return await answer(scope, receive, send)
        return await self.simple_response(scope, receive, send, headers)
