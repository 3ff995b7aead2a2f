"""A connection that ends when its client is too slow: with a head, in reading an answer, or with the next request."""

import asyncio
from abc import abstractmethod
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE
from uvicorn.server import ServerState

from musicalface_common.errors import Overloaded, Problem, RequestTimeout
from musicalface_common.limits.bodies import RETRY
from musicalface_common.server.answers import CLOSE, write_answer
from musicalface_common.server.parsing import BoundedParsing, Reading

# From the connection, or from the first byte of a later head.
HEAD_SECONDS = 10.0
# For a client to read what waits in the send buffer.
FLUSH_SECONDS = 20.0
# After the last answer of a connection, for a client that still sends. A reset would destroy the answer.
LINGER_SECONDS = 2.0
# After the server was told to stop: for the next request of an open connection, and for the rest of a request.
STOP_IDLE_SECONDS = 1.0
STOP_REQUEST_SECONDS = 2.0
STOPPING = "this server is about to stop"


class TimedConnection(BoundedParsing):
    """`close_if_overdue` has to be called about twice a second. A subclass says whether it is busy with a request."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._since = self.loop.time()
        self._blocked_since: float | None = None
        self._ended = False

    @property
    @abstractmethod
    def is_busy(self) -> bool:
        """Whether the app works on a request of this connection."""

    @abstractmethod
    def check_body(self, now: float, stopping: bool) -> None:
        """Answer a request whose body arrives too slowly. `stopping` says that there is no time left for any."""

    def close_if_overdue(self, now: float, stopping_since: float | None) -> None:
        """End the connection if the client is too slow. Both times are of the event loop's clock."""
        if self._blocked_since is not None:
            if now - self._blocked_since > FLUSH_SECONDS:
                self.transport.abort()
        elif self.transport.is_closing():
            self._blocked_since = now
        elif not self.is_busy:
            self._check_client(now, 0.0 if stopping_since is None else now - stopping_since)

    def end(self, problem: Problem) -> None:
        if self._ended:
            return
        if self.is_busy:  # an earlier request of this connection is answered first
            self._ended = True
            self.close_after_answer()
        else:
            self.transport.write(write_answer(STATUS_LINE[problem.status], problem, CLOSE))
            self.close_gently()

    @abstractmethod
    def close_after_answer(self) -> None:
        """Close the connection when the requests that have arrived are answered."""

    def close_gently(self) -> None:
        """Close the connection, and read for a while what the client still sends."""
        self._ended = True
        self._since = self.loop.time()
        self.transport.write_eof()

    def data_received(self, data: bytes) -> None:
        if not self._ended:
            super().data_received(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._blocked_since = self.loop.time()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._blocked_since = None

    def on_message_begin(self) -> None:
        if self.cycle:  # the time of the first head counts from the connection
            self._since = self.loop.time()
        super().on_message_begin()

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        if not self._ended:  # the requests behind a last answer get none
            super().on_response_complete()

    def _check_client(self, now: float, stopping: float) -> None:
        waited = now - self._since
        if self._ended:
            if waited > LINGER_SECONDS:
                self.transport.close()
        elif self.reading is Reading.BODY:
            self.check_body(now, stopping > STOP_REQUEST_SECONDS)
        elif self.reading is Reading.HEAD:
            self._check_head(waited, stopping)
        elif waited > HEAD_SECONDS or stopping > STOP_IDLE_SECONDS:
            self.transport.close()

    def _check_head(self, waited: float, stopping: float) -> None:
        if waited > HEAD_SECONDS:
            self.end(RequestTimeout(f"the headers did not arrive within {HEAD_SECONDS:g} s"))
        elif stopping > STOP_REQUEST_SECONDS:
            self.end(Overloaded(STOPPING, headers=RETRY))
