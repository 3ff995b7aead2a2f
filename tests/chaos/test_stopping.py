"""A server is told to stop while clients send, wait and dawdle."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from support.photos import Pixels, encode
from support.process import CONTAINER, running
from support.raw_client import RawClient

STOP_SECONDS = 8
PLAIN = (*CONTAINER, "support.plain_app:create_app")
POST = ("POST /echo HTTP/1.1", "Host: x")


def test_what_has_arrived_is_answered_and_what_dawdles_is_not() -> None:
    with running(PLAIN) as server, ExitStack() as stack:
        idle, busy, upload, slow, half = (stack.enter_context(RawClient(server.url)) for _ in range(5))
        idle.send("GET /now HTTP/1.1", "Host: x").answer()
        busy.send("GET /later?seconds=3 HTTP/1.1", "Host: x")
        upload.send(*POST, "Content-Length: 10", body=b"begun")
        slow.send(*POST, "Content-Length: 1000000", body=b"-")
        half.send_bytes(b"GET /now HTTP/1.1\r\n")
        time.sleep(0.3)
        with ThreadPoolExecutor() as stopping:
            seconds = stopping.submit(server.seconds_to_stop)
            time.sleep(0.5)
            answers = [
                idle.send("GET /now HTTP/1.1", "Host: x").answer(),
                upload.send_bytes(b"ended").answer(),
                busy.answer(),
            ]
            refused = [slow.answer(), half.answer()]
        assert seconds.result() < STOP_SECONDS
    assert [(answer.status, answer.headers["connection"]) for answer in answers] == [(200, "close")] * 3
    assert [(answer.status, answer.headers["retry-after"]) for answer in refused] == [(503, "1")] * 2


def test_clients_that_send_without_a_pause_lose_no_answer() -> None:
    with running(PLAIN) as server:
        outcomes: Counter[str] = Counter()
        clients = [threading.Thread(target=_send_until_closed, args=(server.url, outcomes)) for _ in range(8)]
        for client in clients:
            client.start()
        time.sleep(1)
        assert server.seconds_to_stop() < STOP_SECONDS
        for client in clients:
            client.join()
    assert outcomes["answered"] > 100
    assert outcomes["lost"] == 0


def _send_until_closed(url: str, outcomes: Counter[str]) -> None:
    """Send requests over one connection until an answer says that it ends."""
    with RawClient(url) as client:
        while True:
            try:
                answer = client.send("GET /now HTTP/1.1", "Host: x").answer()
            except (OSError, EOFError):
                outcomes["lost"] += 1
                return
            outcomes["answered" if answer.status == 200 else "lost"] += 1
            if answer.headers.get("connection") == "close":
                return


@pytest.mark.slow
def test_an_app_that_does_not_stop_is_ended() -> None:
    with running((*CONTAINER, "support.plain_app:create_stuck_app")) as server:
        assert server.seconds_to_stop() < STOP_SECONDS + 1


@pytest.mark.slow
def test_the_embedded_server_answers_a_photo_that_has_arrived(tmp_path: Path, astronaut_rgb: Pixels) -> None:
    database = f"sqlite:///{tmp_path}/catalogue.db"
    with running(("musicalface", "serve"), RECOMMENDER_DATABASE_URL=database) as server, ExitStack() as stack:
        client, slow = (stack.enter_context(RawClient(server.url)) for _ in range(2))
        slow.send("POST /recommend HTTP/1.1", "Host: x", "Content-Length: 1000000", body=b"-")
        client.send_bytes(_photo(encode(astronaut_rgb, quality=92)))
        time.sleep(0.1)
        assert server.seconds_to_stop() < STOP_SECONDS
        assert (client.answer().status, slow.answer().status) == (200, 503)


def _photo(image: bytes) -> bytes:
    part = b'--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n' + image + b"\r\n--b--\r\n"
    head = "POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    return f"{head}Content-Length: {len(part)}\r\n\r\n".encode() + part
