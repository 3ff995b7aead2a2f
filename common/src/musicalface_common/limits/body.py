"""Refuses request bodies that are too large or take too long."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musicalface_common.errors import BodyTooLarge, RequestTimeout

# A client reads the response only after it has sent its body. So a body is read and discarded, up to this multiple of
# the limit.
DRAIN_FACTOR = 4


class BodyLimit:
    """Refuses a body over `max_bytes` (413), even of undeclared length, and one that takes over `seconds` (408)."""

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
    """The body of one request. Counts its bytes and its seconds as it arrives."""

    def __init__(self, receive: Receive, max_bytes: int, seconds: float) -> None:
        self._receive = receive
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._until = asyncio.get_running_loop().time() + seconds
        self._taken = 0
        self._complete = False

    async def receive(self) -> Message:
        """Return the next message. Raises BodyTooLarge, RequestTimeout."""
        message = await self._next()
        if self._taken > self._max_bytes:
            await self.refuse()
        return message

    async def refuse(self) -> None:
        """Discard the rest of the body, up to DRAIN_FACTOR times the limit. Then raise BodyTooLarge."""
        while not self._complete and self._taken < self._max_bytes * DRAIN_FACTOR:
            await self._next()
        raise BodyTooLarge(f"the request body is over {self._max_bytes} bytes")

    async def _next(self) -> Message:
        if self._complete:  # the next message says that the client has disconnected
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


def _declared_length(scope: Scope) -> int:
    """Return the Content-Length in bytes, 0 without one. The server has already refused values that are not numbers."""
    return int(dict(scope["headers"]).get(b"content-length", b"0"))
