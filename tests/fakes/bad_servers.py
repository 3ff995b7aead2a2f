"""Servers on real sockets that answer wrongly, never, or with a reset."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Behaviour = Callable[[socket.socket], None]


@contextmanager
def bad_server(*behaviours: Behaviour) -> Iterator[tuple[str, list[int]]]:
    """Yield the URL of a server, and a list that gets one element per connection.

    The first connection gets the first behaviour and so on; the last behaviour serves all further connections.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[int] = []
    kept: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            kept.append(connection)
            accepted.append(1)
            connection.recv(65536)
            behaviours[min(len(accepted), len(behaviours)) - 1](connection)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", accepted
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for connection in kept:
            connection.close()


def reset(connection: socket.socket) -> None:
    """Close the connection with RST, as a process that crashes does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def stay_silent(_: socket.socket) -> None:
    """Keep the connection open and never answer."""


def answer(body: bytes, content_type: str = "application/json", status: str = "200 OK") -> Behaviour:
    """Return a behaviour that answers with this body and closes the connection."""

    def behave(connection: socket.socket) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        connection.sendall(f"{head}Connection: close\r\n\r\n".encode() + body)
        connection.close()

    return behave


def speak_no_http(connection: socket.socket) -> None:
    """Answer with bytes that are not HTTP."""
    connection.sendall(b"\x00\x01garbage\r\n\r\n")
    connection.close()
