"""More slow calls than can be served: they are refused without cost, and other calls do not notice."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from support.raw_client import RawAnswer, RawClient
from support.waiting import wait_until

from musicalface_common.limits.admission import SlowCalls
from musicalface_common.limits.places import Places

OpenServer = Callable[..., str]
BODY = b"x" * 60_000
POST = ("POST /echo HTTP/1.1", "Host: x", f"Content-Length: {len(BODY)}")


@contextmanager
def full(open_server: OpenServer, places: int = 2) -> Iterator[str]:
    """Take all places of /echo for three seconds."""
    url = open_server(slow=SlowCalls(frozenset({"/echo"}), Places(places)))
    with ExitStack() as stack:
        for _ in range(places):
            stack.enter_context(RawClient(url)).send("POST /echo?seconds=3 HTTP/1.1", "Host: x")
        wait_until(lambda: post(url).status == 503)
        yield url


def post(url: str, *headers: str) -> RawAnswer:
    with RawClient(url) as client:
        return client.send(*POST, *headers, body=BODY).answer()


def test_a_refusal_is_a_problem_document_with_an_id_of_its_own(open_server: OpenServer) -> None:
    with full(open_server) as url:
        first, second = post(url), post(url)
    assert (first.status, first.json()["type"]) == (503, "overloaded")
    assert (first.headers["content-type"], first.headers["retry-after"]) == ("application/problem+json", "1")
    assert first.headers["x-request-id"] == first.json()["request_id"] != second.json()["request_id"]
    assert "date" in first.headers


def test_the_connection_goes_on_after_a_refusal_unless_the_client_ends_it(open_server: OpenServer) -> None:
    with full(open_server) as url, RawClient(url) as client:
        assert [client.send(*POST, body=BODY).answer().status for _ in range(3)] == [503] * 3
        assert client.send(*POST, "Connection: close", body=BODY).answer().headers["connection"] == "close"
        assert client.seconds_until_closed() < 1


def test_other_calls_are_served(open_server: OpenServer) -> None:
    with full(open_server) as url, RawClient(url) as client:
        assert client.send("GET /now HTTP/1.1", "Host: x").answer().status == 200
        assert client.send("GET /health/live HTTP/1.1", "Host: x").answer().status == 200


@pytest.mark.parametrize("header", ["Origin: https://example.org", "X-Request-Id: 0123456789"])
def test_the_app_refuses_where_it_alone_knows_the_headers(open_server: OpenServer, header: str) -> None:
    with full(open_server) as url:
        answer = post(url, header)
    assert (answer.status, answer.json()["type"], answer.headers["retry-after"]) == (503, "overloaded", "1")
    if header.startswith("X-Request-Id"):
        assert answer.headers["x-request-id"] == "0123456789"


def test_refusals_are_counted(open_server: OpenServer) -> None:
    with full(open_server) as url, RawClient(url) as client:
        post(url)
        metrics = client.send("GET /metrics HTTP/1.1", "Host: x").answer().body.decode()
    assert 'musicalface_requests_total{method="POST",route="/echo",service="plain",status="503"}' in metrics


def test_a_client_that_sends_and_does_not_read_is_cut_off(open_server: OpenServer) -> None:
    with full(open_server) as url, RawClient(url, timeout=2) as client:
        request = "".join(f"{line}\r\n" for line in (*POST, "")).encode() + BODY
        end = time.monotonic() + 2
        sent = client.send_until_refused(request for _ in iter(lambda: time.monotonic() < end, False))
        assert sent < 10**9
        assert post(url).status == 503
