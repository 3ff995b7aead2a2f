"""Photos whose client has gone, or whose deadline has passed, are not decoded: they do not keep others waiting."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from support.server import serve
from support.waiting import wait_until

from face_emotion.app import create_app
from face_emotion.recognizer import Recognizer
from face_emotion.settings import Settings


@pytest.fixture
def release() -> threading.Event:
    """Lets the only worker go on with its photo."""
    return threading.Event()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, release: threading.Event) -> list[bytes]:
    """The photos that the only worker has begun to read."""
    begun: list[bytes] = []
    recognize = Recognizer.recognize

    def held(self: Recognizer, data: bytes, *arguments: Any) -> Any:
        begun.append(data)
        release.wait(30)
        return recognize(self, data.rstrip(b"\0"), *arguments)

    monkeypatch.setattr(Recognizer, "recognize", held)
    return begun


@pytest.fixture
def client(calls: list[bytes]) -> Iterator[httpx.Client]:
    with serve(create_app(Settings(workers=1))) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def send_and_go(client: httpx.Client, photo: bytes) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        head = f"POST /v1/faces HTTP/1.1\r\nHost: x\r\nContent-Length: {len(photo)}\r\n\r\n"
        connection.sendall(head.encode() + photo)
        time.sleep(0.05)  # until the server has queued it


def test_queued_photos_of_clients_that_have_gone_are_dropped(
    client: httpx.Client, calls: list[bytes], release: threading.Event, astronaut: bytes
) -> None:
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(client.post, "/v1/faces", content=astronaut)
        wait_until(lambda: bool(calls))
        for number in range(5):
            send_and_go(client, astronaut + bytes(number + 1))
        time.sleep(0.5)  # until the server has noticed that they are gone
        release.set()
        last = httpx.post(client.base_url.join("/v1/faces"), content=astronaut + bytes(9))
        assert (first.result().status_code, last.status_code) == (200, 200)
    assert calls == [astronaut, astronaut + bytes(9)]


def test_queued_photos_whose_deadline_has_passed_are_dropped(
    client: httpx.Client, calls: list[bytes], release: threading.Event, astronaut: bytes
) -> None:
    late = {"x-deadline-ms": "100"}
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(client.post, "/v1/faces", content=astronaut)
        wait_until(lambda: bool(calls))
        others = [
            threads.submit(client.post, "/v1/faces", content=astronaut + bytes(number + 1), headers=late)
            for number in range(5)
        ]
        assert {other.result().status_code for other in others} == {504}
        release.set()
        assert first.result().status_code == 200
        assert client.post("/v1/faces", content=astronaut + bytes(9)).status_code == 200
    assert calls == [astronaut, astronaut + bytes(9)]
