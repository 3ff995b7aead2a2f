"""The middleware around every request: adds a request id, a log line, metrics, and a response to unexpected errors."""

import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musicalface_common.errors import Problem, problem_response
from musicalface_common.limits.operational import is_operational
from musicalface_common.metrics import IN_FLIGHT, REQUESTS, SECONDS
from musicalface_common.request_id import REQUEST_ID_HEADER, accept_request_id

# The key under which the server puts, into the state of a scope, the problem for which it refuses a request.
REFUSAL = "refusal"
# For logs and metrics only: the client is gone. nginx uses the same number.
CLIENT_CLOSED_REQUEST = 499

log = structlog.get_logger("musicalface.request")


class RequestMiddleware:
    """The outermost middleware of requests. It lets no exception pass: unexpected ones become a response with 500."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        request_id = accept_request_id(headers.get(REQUEST_ID_HEADER))
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id, service=self.service),
            IN_FLIGHT.labels(self.service).track_inprogress(),
        ):
            return await self._serve(scope, receive, send, request_id)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        started = time.perf_counter()
        status = 0

        async def tagged_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID_HEADER] = request_id
            await send(message)

        try:
            await self.app(scope, receive, tagged_send)
        except ClientDisconnect:
            status = CLIENT_CLOSED_REQUEST
        except Problem as problem:  # raised by an inner middleware, which the error handlers do not cover
            await problem_response(problem)(scope, receive, tagged_send)
        except Exception:
            log.exception("unhandled error")
            if not status:
                await problem_response(Problem())(scope, receive, tagged_send)
        finally:
            self._record(scope, status, time.perf_counter() - started)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        method = scope["method"]
        REQUESTS.labels(self.service, method, route, status).inc()
        SECONDS.labels(self.service, method, route).observe(seconds)
        if not is_operational(scope):
            log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


class Refusals:
    """Raises the problem for which the server refuses a request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if problem := scope.get("state", {}).get(REFUSAL):
            raise problem
        await self.app(scope, receive, send)


class HeadRequests:
    """Answers HEAD as GET, without the body. The framework's routes answer only the methods that they name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        inner = {**scope, "method": "GET"}
        try:
            await self.app(inner, receive, send_head)
        finally:
            scope["route"] = inner.get("route")  # logs and metrics name it
