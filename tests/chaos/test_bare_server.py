"""Attacks on a server as containers start it, with the times and bounds of production."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psutil
import pytest
from support.process import CONTAINER, RunningServer, running
from support.raw_client import RawClient

pytestmark = pytest.mark.slow

MEBI = 2**20
GET = ("GET /now HTTP/1.1", "Host: x")


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running((*CONTAINER, "support.plain_app:create_app")) as server:
        yield server


def test_headers_without_end_do_not_grow_the_process(server: RunningServer) -> None:
    headers = b"".join(b"x%d: a\r\n" % number for number in range(10_000))
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    with ExitStack() as stack:
        for _ in range(20):
            client = stack.enter_context(RawClient(server.url, timeout=2))
            client.send_bytes(b"GET /now HTTP/1.1\r\nHost: x\r\n").send_until_refused([headers] * 100)
            assert process.memory_info().rss - before < 32 * MEBI
    with RawClient(server.url) as client:
        assert client.send(*GET).answer().status == 200


@pytest.mark.parametrize(
    ("start", "seconds"),
    [(b"", 10), (b"GET /now HTTP/1.1\r\n", 10), (b"GET /now HTTP/1.1\r\nHost: x\r\n\r\n", 5)],
    ids=["nothing sent", "half a head", "after an answer"],
)
def test_idle_connections_are_closed(server: RunningServer, start: bytes, seconds: float) -> None:
    with RawClient(server.url, timeout=30) as client:
        assert seconds - 0.5 < client.send_bytes(start).seconds_until_closed() < seconds + 3


def test_bodies_in_drops_are_refused_and_others_are_served(server: RunningServer) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(100) as threads:
        slow = [stack.enter_context(RawClient(server.url, timeout=30)) for _ in range(100)]
        for client in slow:
            client.send("POST /echo HTTP/1.1", "Host: x", "Content-Length: 1000000", body=b"-")
        started = time.monotonic()
        answers = [threads.submit(client.answer) for client in slow]
        while time.monotonic() - started < 7:
            with RawClient(server.url, timeout=1) as other:
                assert (
                    other.send("POST /echo HTTP/1.1", "Host: x", "Content-Length: 1", body=b"x").answer().status == 200
                )
        assert {answer.result().status for answer in answers} == {408}
