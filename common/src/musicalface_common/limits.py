"""Limits at the door, as ASGI middleware: body size and how many requests at once."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musicalface_common.errors import BodyTooLarge, Overloaded, problem_response

OPERATIONS = ("/health/", "/metrics")
# A client that is still sending reads no answer: past the limit this much more is taken in and thrown away.
DRAIN_FACTOR = 4


def is_operational(scope: Scope) -> bool:
    """Tell whether a request is for health or metrics, which no limit may refuse."""
    return str(scope["path"]).startswith(OPERATIONS)


class BodyLimit:
    """Refuse a body over `max_bytes`, whether its length was declared or not."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if _declared_length(scope) > self.max_bytes:
            await _drain(receive, self.max_bytes * DRAIN_FACTOR)
            return await problem_response(self._problem())(scope, receive, send)
        return await self.app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.max_bytes:
                if message.get("more_body"):
                    await _drain(receive, self.max_bytes * DRAIN_FACTOR)
                raise self._problem()
            return message

        return counted

    def _problem(self) -> BodyTooLarge:
        return BodyTooLarge(f"the request body is over {self.max_bytes} bytes")


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


async def _drain(receive: Receive, at_most: int) -> None:
    drained = 0
    while drained < at_most:
        message = await receive()
        drained += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
