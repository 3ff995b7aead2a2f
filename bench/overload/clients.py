"""Many clients in one process that uses little CPU: each sends one photo again as soon as it has an answer.

A client has one connection and an API key of its own, so that limits per client do not count them together.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

OK = 200
NO_ANSWER = 0
ANSWER_SECONDS = 60
# A client that found its connection closed does not come back at once.
RECONNECT_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its status, when it came, and the seconds since the last byte of the request was sent."""

    status: int
    at: float
    seconds: float


class Connection(asyncio.Protocol):
    """A connection that carries one request at a time."""

    def __init__(self) -> None:
        self._received = b""
        self._sent = 0.0
        self._answered: asyncio.Future[Answer] | None = None
        self.wait = 0
        self.closed = False

    async def send(self, request: bytes) -> Answer:
        """Send a request and return its answer. `wait` is then the seconds of the answer's Retry-After, 0 without."""
        self._received, self._sent, self.wait = b"", 0.0, 0
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        if not self._transport.get_write_buffer_size():
            self._sent = time.monotonic()
        async with asyncio.timeout(ANSWER_SECONDS):
            return await self._answered

    def close(self) -> None:
        self.closed = True
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(0)  # `resume_writing` then says when the whole request was sent

    def resume_writing(self) -> None:
        self._sent = time.monotonic()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if end and self._answered and not self._answered.done():
            self._read_answer(head.lower(), len(body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._end(NO_ANSWER)

    def _read_answer(self, head: bytes, body_bytes: int) -> None:
        headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        if body_bytes >= int(headers[b"content-length"]):
            self.wait = int(headers.get(b"retry-after", b"0"))
            self.closed = headers.get(b"connection") == b"close"
            self._end(int(head.split(b" ", 2)[1]))

    def _end(self, status: int) -> None:
        if self._answered and not self._answered.done():
            now = time.monotonic()
            self._answered.set_result(Answer(status, now, now - (self._sent or now)))


@dataclass
class Crowd:
    """Clients that send a photo to one server until `end`, and the answers that they got."""

    port: int
    image: bytes
    end: float
    heed: bool
    answers: list[Answer] = field(default_factory=list)

    async def run(self, clients: int) -> None:
        """Run this number of clients."""
        await asyncio.gather(*(self._client(api_key(number)) for number in range(clients)))

    async def _client(self, key: str) -> None:
        request = _request(self.image, key)
        connection = None
        while time.monotonic() < self.end:
            connection = await self._connected(connection)
            if connection:
                answer = await connection.send(request)
                self.answers.append(answer)
                await asyncio.sleep(connection.wait if self.heed else 0)
        if connection:
            connection.close()

    async def _connected(self, connection: Connection | None) -> Connection | None:
        if connection and not connection.closed:
            return connection
        loop = asyncio.get_running_loop()
        try:
            return (await loop.create_connection(Connection, "127.0.0.1", self.port))[1]
        except OSError:
            self.answers.append(Answer(NO_ANSWER, time.monotonic(), 0.0))
            await asyncio.sleep(RECONNECT_SECONDS)
            return None


def run_clients(port: int, image: bytes, clients: int, seconds: float, heed: bool) -> Sequence[Answer]:
    """Run clients for these seconds. With `heed`, a refused client waits for the seconds of Retry-After."""
    crowd = Crowd(port, image, time.monotonic() + seconds, heed)
    asyncio.run(crowd.run(clients))
    return crowd.answers


def api_key(number: int) -> str:
    """Return the API key of one client."""
    return f"client-{number}"


def _request(image: bytes, key: str) -> bytes:
    form = httpx.Request("POST", "http://127.0.0.1/recommend", files={"image": image}, headers={"X-API-Key": key})
    body = form.read()
    head = "".join(f"{name}: {value}\r\n" for name, value in form.headers.items())
    return f"POST /recommend HTTP/1.1\r\n{head}\r\n".encode() + body
