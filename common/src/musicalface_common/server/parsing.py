"""uvicorn's protocol for httptools with bounds on what is not body. The parser by itself keeps headers without end."""

import asyncio
from abc import ABC, abstractmethod
from enum import Enum, auto
from typing import Any

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from musicalface_common.errors import HeadTooLarge, MalformedRequest, Problem

# Of a head, and of what a body has besides its bytes: sizes of chunks, their extensions, trailers.
MAX_HEAD_BYTES = 64 * 1024
MAX_HEADERS = 256
# Chunks may add this part of the body to the bound above, as chunks of 48 bytes do. Each chunk costs time.
CHUNKS_SHARE = 8
# More requests that wait for the answer of an earlier one end the connection.
MAX_PIPELINED = 16


class Reading(Enum):
    """The part of a request that the parser is in."""

    NOTHING = auto()
    HEAD = auto()
    BODY = auto()


class OverBoundError(Exception):
    """A head is too large, or too many requests wait. Raised in the parser, which stops."""


class BoundedParsing(HttpToolsProtocol, ABC):
    """Turns bytes into three events per request, which a subclass handles, or into `end`."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.reading = Reading.NOTHING
        self._head_bytes = 0
        self._bytes_beside_bodies = 0
        self._body_bytes = 0

    @abstractmethod
    def request_began(self) -> None:
        """Handle a complete head. `self.cycle` is the new request."""

    @abstractmethod
    def body_grew(self, data: bytes) -> None:
        """Handle the next bytes of the body of `self.cycle`."""

    @abstractmethod
    def request_arrived(self) -> None:
        """Handle the end of the request `self.cycle`."""

    @abstractmethod
    def end(self, problem: Problem) -> None:
        """Answer what is not HTTP, or too much of it, and end the connection."""

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self._bytes_beside_bodies += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._read_without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError as error:
            over = isinstance(error.__context__, OverBoundError)
            self.end(HeadTooLarge() if over else MalformedRequest())
        else:
            self._check_bytes_beside_bodies()

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= MAX_PIPELINED:
            raise OverBoundError
        super().on_message_begin()
        self.reading = Reading.HEAD
        self._head_bytes = self._body_bytes = 0

    def on_url(self, url: bytes) -> None:
        self._count_head(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.reading is Reading.BODY:
            return  # a trailer, which no app reads
        self._count_head(len(name) + len(value) + len(": \r\n"))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._upgrade_is_ignored():
            return
        super().on_headers_complete()
        self.reading = Reading.BODY
        self._bytes_beside_bodies -= self._head_bytes
        self.request_began()

    def on_body(self, body: bytes) -> None:
        self._bytes_beside_bodies -= len(body)
        self._body_bytes += len(body)
        self.body_grew(body)

    def on_message_complete(self) -> None:
        if self._upgrade_is_ignored():
            return
        super().on_message_complete()
        self.reading = Reading.NOTHING
        self.request_arrived()

    def _count_head(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MAX_HEAD_BYTES or len(self.headers) >= MAX_HEADERS:
            raise OverBoundError

    def _check_bytes_beside_bodies(self) -> None:
        """End the connection if bytes that the parser keeps or skips are over their bound."""
        if self.reading is not Reading.BODY and self._bytes_beside_bodies > MAX_HEAD_BYTES:
            self.end(HeadTooLarge())
        elif self._bytes_beside_bodies > MAX_HEAD_BYTES + self._body_bytes // CHUNKS_SHARE:
            self.end(MalformedRequest("the chunks of the body are too small, or carry too much besides it"))
        if self.reading is Reading.NOTHING:
            self._bytes_beside_bodies = 0

    def _upgrade_is_ignored(self) -> bool:
        return self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"

    def _read_without_upgrade(self, rest: bytes) -> None:
        """Read a request again without its Upgrade header, which a server may ignore (RFC 9110, 7.8).

        The parser skips the body of such a request, and stops after it. `rest` is what follows the head.
        """
        version = self.parser.get_http_version().encode()
        lines = [b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, version)]
        lines += [b"%b: %b" % header for header in self.headers if header[0] != b"upgrade"]
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self._bytes_beside_bodies = 0
        self.data_received(b"\r\n".join((*lines, b"", rest)))
