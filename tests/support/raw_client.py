"""A client that sends bytes as they are, for requests that no library sends."""

import json
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class RawAnswer:
    """One answer: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class RawClient:
    """One connection to a server. Use it as a context manager."""

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS, address: str = "") -> None:
        parts = urlsplit(url)
        self._socket = socket.create_connection(
            (parts.hostname, parts.port), timeout, source_address=(address, 0) if address else None
        )
        self._answers = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._answers.close()
        self._socket.close()

    def send(self, *lines: str, body: bytes = b"") -> Self:
        """Send these lines, an empty line, and a body."""
        return self.send_bytes("".join(f"{line}\r\n" for line in (*lines, "")).encode() + body)

    def send_bytes(self, data: bytes) -> Self:
        self._socket.sendall(data)
        return self

    def send_until_refused(self, parts: Iterable[bytes]) -> int:
        """Send until the server ends the connection. Return the number of bytes sent."""
        sent = 0
        try:
            for part in parts:
                self._socket.sendall(part)
                sent += len(part)
        except OSError:
            pass
        return sent

    def answer(self, method: str = "GET") -> RawAnswer:
        """Read the answer to a request. Raises EOFError if the server ends the connection without one."""
        line = self._answers.readline()
        if not line:
            raise EOFError
        headers = dict(_header(line) for line in iter(self._answers.readline, b"\r\n"))
        length = 0 if method == "HEAD" else int(headers.get("content-length", "0"))
        return RawAnswer(int(line.split()[1]), headers, self._answers.read(length))

    def seconds_until_closed(self) -> float:
        """Read until the server ends the connection, and return how long that took."""
        started = time.monotonic()
        try:
            while self._answers.read(65536):
                pass
        except ConnectionResetError:
            pass
        return time.monotonic() - started


def _header(line: bytes) -> tuple[str, str]:
    name, _, value = line.decode().partition(":")
    return name.lower(), value.strip()
