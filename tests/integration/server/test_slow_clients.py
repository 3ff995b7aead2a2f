"""Clients that send or read slowly, or hold much at once: they end, and others do not notice."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from support.plain_app import LARGE_BYTES
from support.raw_client import RawClient
from support.waiting import wait_until

from musicalface_common.limits import bodies
from musicalface_common.limits.admission import Clients
from musicalface_common.server import timing

KIBI = 1024
OpenServer = Callable[..., str]
POST = ("POST /echo HTTP/1.1", "Host: x")


@pytest.fixture(autouse=True)
def short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "HEAD_SECONDS", 1.0)
    monkeypatch.setattr(timing, "FLUSH_SECONDS", 1.0)
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 1.0)


def sender(scope: object) -> str:
    """Return the one client that all requests of a test come from."""
    return "one"


@contextmanager
def unfinished(url: str, count: int, body: bytes = b"x", declared: int = 100_000) -> Iterator[list[RawClient]]:
    """Hold uploads that have sent their head and this part of their body."""
    with ExitStack() as stack:
        clients = [stack.enter_context(RawClient(url)) for _ in range(count)]
        for client in clients:
            client.send(*POST, f"Content-Length: {declared}", body=body)
        yield clients


def get(url: str) -> int:
    with RawClient(url) as client:
        return client.send("GET /now HTTP/1.1", "Host: x").answer().status


@pytest.mark.parametrize("start", [b"", b"\r\n", b"GET /now HTTP/1.1\r\nHost: x\r\n"])
def test_a_head_that_does_not_arrive_ends_the_connection(open_server: OpenServer, start: bytes) -> None:
    with RawClient(open_server()) as client:
        assert 0.9 < client.send_bytes(start).seconds_until_closed() < 5


def test_a_head_in_drops_ends_the_connection_with_a_408(open_server: OpenServer) -> None:
    with RawClient(open_server()) as client:
        client.send("GET /now HTTP/1.1", "Host: x").answer()  # a later head has no more time than the first
        client.send_bytes(b"GET /now HTTP/1.1\r\n")
        started = time.monotonic()
        client.send_until_refused(_drops(b"X: ", seconds=8))
        assert time.monotonic() - started < 5
        assert client.answer().status == 408


def _drops(drop: bytes, seconds: float) -> Iterator[bytes]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield drop
        time.sleep(0.1)


def test_a_body_below_the_least_rate_gets_a_408(open_server: OpenServer) -> None:
    url = open_server(min_upload_rate=10_000)
    with unfinished(url, 1) as (slow,):
        answer = slow.answer()
    assert (answer.status, answer.json()["type"]) == (408, "request-timeout")
    assert "10000 bytes per second" in answer.json()["detail"]


def test_a_body_above_the_least_rate_arrives(open_server: OpenServer) -> None:
    with RawClient(open_server(min_upload_rate=1000)) as client:
        client.send(*POST, "Content-Length: 6000")
        for _ in range(20):
            client.send_bytes(b"x" * 300)
            time.sleep(0.1)
        assert client.answer().status == 200


def test_uploads_that_are_not_complete_take_no_place(open_server: OpenServer) -> None:
    url = open_server(max_concurrency=1)
    with unfinished(url, 20, declared=2):
        with RawClient(url) as client:
            assert client.send(*POST, "Content-Length: 2", body=b"hi").answer().body == b"hi"
        assert get(url) == 200


def test_one_client_sends_so_many_bodies_at_once(open_server: OpenServer) -> None:
    url = open_server(Clients(sender, most_uploads=3))
    with unfinished(url, 3, declared=2) as uploads:
        with RawClient(url) as client:
            refused = client.send(*POST, "Content-Length: 2", body=b"hi").answer()
            assert (refused.status, refused.json()["type"]) == (429, "rate-limited")
            assert refused.headers["retry-after"] == "1"
        assert uploads[0].send_bytes(b"y").answer().body == b"xy"
        with RawClient(url) as client:
            assert client.send(*POST, "Content-Length: 2", body=b"hi").answer().body == b"hi"


def test_one_client_holds_a_quarter_of_the_bytes(open_server: OpenServer) -> None:
    url = open_server(Clients(sender, most_uploads=100), max_bodies_bytes=400 * KIBI)
    with unfinished(url, 1, body=b"x" * 90 * KIBI), RawClient(url) as client:
        body = b"x" * 20 * KIBI
        refused = client.send(*POST, f"Content-Length: {len(body)}", body=body).answer()
        assert (refused.status, refused.json()["type"]) == (429, "rate-limited")
    with RawClient(url) as client:  # the bytes of a client that has gone are free
        assert client.send(*POST, f"Content-Length: {len(body)}", body=body).answer().status == 200


def test_all_bodies_share_one_budget(open_server: OpenServer) -> None:
    url = open_server(max_bodies_bytes=200 * KIBI)
    body = b"x" * 50 * KIBI
    with unfinished(url, 4, body=body[1:]), RawClient(url) as client:
        refused = client.send(*POST, f"Content-Length: {len(body)}", body=body).answer()
        assert (refused.status, refused.json()["type"]) == (503, "overloaded")
        assert get(url) == 200
    wait_until(lambda: _echoes(url, body))


def _echoes(url: str, body: bytes) -> bool:
    with RawClient(url) as client:
        return client.send(*POST, f"Content-Length: {len(body)}", body=body).answer().body == body


def test_connections_are_capped_and_one_address_gets_half_of_them(open_server: OpenServer) -> None:
    url = open_server(max_connections=20)
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(RawClient(url))
        with RawClient(url) as client:
            answer = client.answer()
            assert (answer.status, answer.json()["detail"]) == (503, "too many connections are open")
        with RawClient(url, address="127.0.0.2") as other:
            assert other.send("GET /now HTTP/1.1", "Host: x").answer().status == 200


def test_an_address_that_many_share_may_hold_them_all(open_server: OpenServer) -> None:
    url = open_server(Clients(is_shared=lambda host: host == "127.0.0.1"), max_connections=4)
    with ExitStack() as stack:
        clients = [stack.enter_context(RawClient(url)) for _ in range(4)]
        assert clients[-1].send("GET /now HTTP/1.1", "Host: x").answer().status == 200
        assert stack.enter_context(RawClient(url)).answer().status == 503


def test_a_client_that_does_not_read_loses_its_place_and_then_its_connection(open_server: OpenServer) -> None:
    url = open_server(max_concurrency=1)
    with RawClient(url) as client:
        client.send("GET /large HTTP/1.1", "Host: x")
        wait_until(lambda: get(url) == 200, 2)
        time.sleep(2.5)
        assert len(client.answer().body) < LARGE_BYTES


def test_a_client_that_waits_for_permission_gets_it_or_the_reason_why_not(open_server: OpenServer) -> None:
    url = open_server(max_body_bytes=1000)
    for size, status in ((1000, 100), (1001, 413)):
        with RawClient(url) as client:
            client.send(*POST, f"Content-Length: {size}", "Expect: 100-continue")
            assert client.answer().status == status
            if status == 100:
                assert client.send_bytes(b"x" * size).answer().body == b"x" * size


def test_a_client_that_closes_after_its_request_reads_why_it_is_refused(open_server: OpenServer) -> None:
    url = open_server(max_body_bytes=1000)
    with RawClient(url) as client:
        client.send(*POST, "Content-Length: 3000000", "Connection: close")
        threading.Thread(target=client.send_until_refused, args=([b"x" * 100_000] * 30,)).start()
        assert client.answer().status == 413
