"""One connection. An app sees a request when its body is complete: slow clients cost bytes, and no task or place."""

import asyncio
from typing import Any, cast

from starlette.types import Scope
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle
from uvicorn.server import ServerState

from musicalface_common.errors import Overloaded, Problem, RateLimited
from musicalface_common.limits.admission import Admission, fault_of
from musicalface_common.limits.bodies import RETRY, Body
from musicalface_common.limits.places import PLACE, Place
from musicalface_common.metrics import REQUESTS
from musicalface_common.middleware import REFUSAL
from musicalface_common.server.answers import CLOSE, PreparedAnswer
from musicalface_common.server.parsing import Reading
from musicalface_common.server.timing import STOPPING, TimedConnection


def _no_place() -> Problem:
    return Overloaded("too many requests are being served", headers=RETRY)


NO_PLACE_ANSWER = PreparedAnswer(STATUS_LINE[Overloaded.status], _no_place())


class GentleTransport:
    """The transport that a request gets. A client that still sends its body can read the answer before it closes."""

    def __init__(self, protocol: "BoundedProtocol") -> None:
        self._protocol = protocol
        self.write = protocol.transport.write
        self.is_closing = protocol.transport.is_closing

    def close(self) -> None:
        if self._protocol.reading is Reading.BODY:
            self._protocol.close_gently()
        else:
            self._protocol.transport.close()


class BoundedProtocol(TimedConnection):
    """One connection of a client, with what `admission` lets in."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        admission: Admission,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._admission = admission
        self._counted = False
        # Bodies of requests that the app has not got yet.
        self._bodies: dict[RequestResponseCycle, Body] = {}
        # The request that the app works on, and its place.
        self._served: RequestResponseCycle | None = None
        self._place: Place | None = None
        self._answered_early: RequestResponseCycle | None = None

    @property
    def is_busy(self) -> bool:
        return self._served is not None

    # Called by asyncio

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._counted = self._admission.connections.enter(self._host)
        if not self._counted:
            self.end(Overloaded("too many connections are open", headers=RETRY))
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._counted:
            self._admission.connections.leave(self._host)
        for body in self._bodies.values():
            body.close()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._place:  # a client that does not read keeps its connection, and no place
            self._place.leave(served=False)

    # Called by the parser

    def request_began(self) -> None:
        self.cycle.transport = cast(asyncio.Transport, GentleTransport(self))
        if body := self._admission.open_body(_scope(self.cycle)):
            self._bodies[self.cycle] = body
        if self._admission.stopping_since is not None:
            self.cycle.keep_alive = False
        if not self.pipeline:
            self._invite_body()

    def body_grew(self, data: bytes) -> None:
        body = self._bodies.get(self.cycle)
        if body and body.take(len(data)):
            self.cycle.body += data
        elif body and body.drained:
            self._answer_early(body)

    def request_arrived(self) -> None:
        if body := self._bodies.get(self.cycle):
            body.finish()
        if not self.pipeline:
            self._start_asgi_task(self.cycle, self.app)

    # Called by uvicorn

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if cycle.more_body or cycle is self._answered_early:
            return
        body, scope = self._bodies.get(cycle), _scope(cycle)
        if problem := (body.problem if body else None) or fault_of(scope):
            self._refuse(cycle, problem)
        elif (places := self._admission.places(scope)).are_taken_by(client := self._admission.client(scope)):
            self._refuse(cycle, RateLimited("too many requests of this client are being served", headers=RETRY))
        elif not places.are_taken:
            self._serve(cycle, places.enter(client))
        elif self._admission.may_refuse_quickly(scope):
            self._refuse_quickly(cycle)
        else:
            self._refuse(cycle, _no_place())

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline and not self._ended:
            self._invite_body()

    def shutdown(self) -> None:
        """Let requests that have arrived be answered. After that, `close_if_overdue` ends the connection."""
        self.close_after_answer()

    # Called by TimedConnection

    def end(self, problem: Problem) -> None:
        REQUESTS.labels(self._admission.service, "none", "unread", problem.status).inc()
        super().end(problem)

    def close_after_answer(self) -> None:
        for cycle in (self._served, self.cycle, *(waiting for waiting, _ in self.pipeline)):
            if cycle:
                cycle.keep_alive = False

    def check_body(self, now: float, stopping: bool) -> None:
        body = self._bodies.get(self.cycle)
        if body and stopping:
            body.refuse(Overloaded(STOPPING, headers=RETRY))
        if body and (stopping or body.is_late(now)):
            self._answer_early(body)

    @property
    def _host(self) -> str | None:
        return self.client[0] if self.client else None

    def _invite_body(self) -> None:
        """Answer a client that waits for permission to send its body (RFC 9110, 10.1.1)."""
        cycle = self.cycle
        if not cycle.more_body or not cycle.waiting_for_100_continue:
            return
        if (body := self._bodies.get(cycle)) and body.problem:
            self._answer_early(body)
        else:
            cycle.waiting_for_100_continue = False
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _answer_early(self, body: Body) -> None:
        """Answer a request whose body was refused and has not arrived, and close the connection."""
        if body.problem and not self.pipeline and not self.is_busy:
            self._answered_early = self.cycle
            self.cycle.keep_alive = False
            self._refuse(self.cycle, body.problem)

    def _refuse(self, cycle: RequestResponseCycle, problem: Problem) -> None:
        """Let the app answer: it knows the headers of its answers, and logs the request."""
        cycle.body.clear()
        cycle.scope["state"][REFUSAL] = problem
        self._serve(cycle, None)

    def _refuse_quickly(self, cycle: RequestResponseCycle) -> None:
        """Refuse without the app. Under overload most requests end here, and each takes time from those served."""
        if body := self._bodies.pop(cycle, None):
            body.close()
        if self.flow.write_paused:  # the client sends and does not read
            self.transport.abort()
            return
        headers = self.server_state.default_headers + ([] if cycle.keep_alive else [CLOSE])
        self.transport.write(NO_PLACE_ANSWER.render(headers))
        method, path = cycle.scope["method"], cycle.scope["path"]
        REQUESTS.labels(self._admission.service, method, path, Overloaded.status).inc()
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def _serve(self, cycle: RequestResponseCycle, place: Place | None) -> None:
        """Start the app's task. At its end, the place and the bytes of the body are free."""
        body = self._bodies.pop(cycle, None)
        cycle.scope["state"][PLACE] = place
        self._served, self._place = cycle, place

        async def app(scope: Any, receive: Any, send: Any) -> None:
            try:
                await self.app(scope, receive, send)
            finally:
                if self._served is cycle:
                    self._served = self._place = None
                if place:
                    place.leave(served=False)
                if body:
                    body.close()

        super()._start_asgi_task(cycle, app)


def _scope(cycle: RequestResponseCycle) -> Scope:
    return cast(Scope, cycle.scope)
