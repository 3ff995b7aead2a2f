"""A load generator that takes little of the machine: blocking sockets, and one request, made beforehand.

`python -m load.clients PORT CLIENTS SECONDS` reads the photo from standard input and prints what it met as JSON.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def faces_call(port: int, image: bytes) -> Iterator["FacesCall"]:
    """Keep one connection to a face-emotion service on loopback."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield FacesCall(connection, image)


class FacesCall:
    """`POST /v1/faces`, over and over on one connection."""

    def __init__(self, connection: socket.socket, image: bytes) -> None:
        head = f"POST /v1/faces HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(image)}\r\n\r\n"
        self._request = head.encode() + image
        self._connection = connection
        self._reply = connection.makefile("rb")

    def __call__(self) -> int:
        """Ask once; return the answer's status when all of it has come."""
        self._connection.sendall(self._request)
        status, length = int(self._reply.readline().split()[1]), 0
        for line in iter(self._reply.readline, b"\r\n"):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        self._reply.read(length)
        return status


def ask_until(until: float, port: int, image: bytes, met: list[tuple[int, float]]) -> None:
    """Ask as one client that never pauses; add each answer's status and seconds to `met`."""
    with faces_call(port, image) as call:
        while (started := time.perf_counter()) < until:
            status = call()
            met.append((status, time.perf_counter() - started))


def main() -> None:
    port, clients, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    image = sys.stdin.buffer.read()
    met: list[tuple[int, float]] = []
    cpu, started = time.process_time(), time.perf_counter()
    threads = [threading.Thread(target=ask_until, args=(started + seconds, port, image, met)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    print(json.dumps({"seconds": elapsed, "cpu_seconds": time.process_time() - cpu, "answers": met}))


if __name__ == "__main__":
    main()
