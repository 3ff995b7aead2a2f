"""Limits at the door, as ASGI middleware: body size and how many requests at once."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musicalface_common.errors import BodyTooLarge, Overloaded, RequestTimeout, problem_response

OPERATIONS = ("/health/", "/metrics")
# A client that is still sending reads no answer: past the limit this much more is taken in and thrown away.
DRAIN_FACTOR = 4


def is_operational(scope: Scope) -> bool:
    """Tell whether a request is for health or metrics, which no limit may refuse."""
    return str(scope["path"]).startswith(OPERATIONS)


class BodyLimit:
    """Refuse a body over `max_bytes`, whether its length was declared or not, and one that takes over `seconds`."""

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        body = _BoundedBody(receive, self.max_bytes, self.seconds)
        if _declared_length(scope) > self.max_bytes:
            await body.refuse()
        return await self.app(scope, body.receive, send)


class _BoundedBody:
    """One request's body as it arrives."""

    def __init__(self, receive: Receive, max_bytes: int, seconds: float) -> None:
        self._receive = receive
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._until = asyncio.get_running_loop().time() + seconds
        self._taken = 0
        self._complete = False

    async def receive(self) -> Message:
        """Pass a message on. Raises BodyTooLarge, RequestTimeout."""
        message = await self._next()
        if self._taken > self._max_bytes:
            await self.refuse()
        return message

    async def refuse(self) -> None:
        """Take in some of what is still being sent, so that the answer is read. Raises BodyTooLarge."""
        while not self._complete and self._taken < self._max_bytes * DRAIN_FACTOR:
            await self._next()
        raise BodyTooLarge(f"the request body is over {self._max_bytes} bytes")

    async def _next(self) -> Message:
        if self._complete:  # what comes now is the client's farewell, and no body
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError as error:
            detail = f"the body did not arrive within {self._seconds:g} s"
            raise RequestTimeout(detail, headers={"Connection": "close"}) from error
        self._complete = not message.get("more_body", False)
        self._taken += len(message.get("body", b""))
        return message


class ConcurrencyLimit:
    """Answer 503 at once when `limit` requests are being served."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit
        self.serving = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_operational(scope):
            return await self.app(scope, receive, send)
        if self.serving >= self.limit:
            refusal = Overloaded(f"{self.limit} requests are being served", headers={"Retry-After": "1"})
            return await problem_response(refusal)(scope, receive, send)
        self.serving += 1
        try:
            return await self.app(scope, receive, send)
        finally:
            self.serving -= 1


def _declared_length(scope: Scope) -> int:
    """Read the declared length; the server has refused what is no number."""
    return int(dict(scope["headers"]).get(b"content-length", b"0"))
