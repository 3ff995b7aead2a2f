"""Refuses requests while too many are being served."""

from starlette.types import ASGIApp, Receive, Scope, Send

from musicalface_common.errors import Overloaded, problem_response
from musicalface_common.limits.operational import is_operational


class ConcurrencyLimit:
    """Responds with 503 at once while `limit` requests are being served. Serves health and metrics at any time."""

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
