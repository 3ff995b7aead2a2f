"""Many clients of `POST /v1/faces` in one process that uses little CPU: blocking sockets and one prepared request.

`python -m bench.face.load_generator PORT CLIENTS SECONDS` reads the photo from standard input. It prints JSON: the
seconds that passed, the seconds of CPU, and the status and seconds of each answer.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def faces_client(port: int, image: bytes) -> Iterator["FacesClient"]:
    """Open one connection to a face-emotion service on loopback, and close it after the block."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield FacesClient(connection, image)


class FacesClient:
    """Sends the same `POST /v1/faces` again and again over one connection."""

    def __init__(self, connection: socket.socket, image: bytes) -> None:
        head = f"POST /v1/faces HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(image)}\r\n\r\n"
        self._request = head.encode() + image
        self._connection = connection
        self._reply = connection.makefile("rb")

    def __call__(self) -> int:
        """Send the request, read the whole answer and return its status."""
        self._connection.sendall(self._request)
        status, length = int(self._reply.readline().split()[1]), 0
        for line in iter(self._reply.readline, b"\r\n"):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        self._reply.read(length)
        return status


def _send_until(end: float, port: int, image: bytes, answers: list[tuple[int, float]]) -> None:
    """Send without a pause until `end`; append the status and the seconds of each answer."""
    with faces_client(port, image) as send:
        while (started := time.perf_counter()) < end:
            status = send()
            answers.append((status, time.perf_counter() - started))


def main() -> None:
    port, clients, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    image = sys.stdin.buffer.read()
    answers: list[tuple[int, float]] = []
    cpu, started = time.process_time(), time.perf_counter()
    arguments = (started + seconds, port, image, answers)
    threads = [threading.Thread(target=_send_until, args=arguments) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    print(json.dumps({"seconds": elapsed, "cpu_seconds": time.process_time() - cpu, "answers": answers}))


if __name__ == "__main__":
    main()
