"""One deadline per request. The header x-deadline-ms gives each service the remaining milliseconds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

from musicalface_common.errors import UpstreamTimeout, problem_response

DEADLINE_HEADER = "x-deadline-ms"
# Nine digits of milliseconds are eleven days. A longer number is ignored.
MAX_DIGITS = 9
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


def remaining_seconds() -> float | None:
    """Return the seconds until the request's deadline: 0 if it has passed, None if there is none."""
    at = _deadline.get()
    return None if at is None else max(0.0, at - asyncio.get_running_loop().time())


@asynccontextmanager
async def deadline(seconds: float) -> AsyncIterator[None]:
    """Run a block that must end within `seconds` and before any outer deadline. Raises UpstreamTimeout otherwise."""
    outer = remaining_seconds()
    seconds = seconds if outer is None else min(seconds, outer)
    at = asyncio.get_running_loop().time() + seconds
    token = _deadline.set(at)
    try:
        async with asyncio.timeout_at(at):
            yield
    except TimeoutError as error:
        raise UpstreamTimeout(f"no answer within {seconds:g} s") from error
    finally:
        _deadline.reset(token)


class DeadlineMiddleware:
    """Responds with 504 if a request does not end within the time that its header x-deadline-ms gives."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A server may run a request in the context of the previous request on the same connection.
        inherited = _deadline.set(None)
        try:
            await self._serve(scope, receive, send)
        finally:
            _deadline.reset(inherited)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        milliseconds = _sent_deadline(scope) if scope["type"] == "http" else None
        if milliseconds is None:
            return await self.app(scope, receive, send)
        try:
            async with deadline(milliseconds / 1000):
                await self.app(scope, receive, send)
        except UpstreamTimeout as problem:
            await problem_response(problem)(scope, receive, send)


def _sent_deadline(scope: Scope) -> int | None:
    value = dict(scope["headers"]).get(DEADLINE_HEADER.encode(), b"")
    return int(value) if value.isdigit() and len(value) <= MAX_DIGITS else None
