"""What a client may send besides a body: bounded, and answered by a problem document."""

import os
from collections.abc import Iterator

import psutil
import pytest
from support.raw_client import RawAnswer, RawClient

MEBI = 2**20
CHUNKED = ("POST /echo HTTP/1.1", "Host: x", "Transfer-Encoding: chunked")


def short_headers(count: int) -> bytes:
    return b"".join(b"x%d: a\r\n" % number for number in range(count))


def assert_refused(answer: RawAnswer, status: int, kind: str) -> None:
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["type"] == kind
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert answer.headers["connection"] == "close"


def assert_lives(url: str) -> None:
    with RawClient(url) as client:
        assert client.send("GET /now HTTP/1.1", "Host: x").answer().status == 200


@pytest.mark.parametrize(
    "start",
    [
        b"GET /now HTTP/1.1\r\nHost: x\r\n" + short_headers(300),
        b"GET /now HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 66_000,
        b"GET /" + b"a" * 66_000,
        b"GET /now HTTP/1.1\r\nHost: x\r\n" + b"a" * 66_000,
        b"GET /now HTTP/1.1\r\nHost: x\r\n" + b"A: " + b"a" * 66_000 + b"\r\n\r\n",
    ],
    ids=["many headers", "a long value", "a long path", "a long name", "a complete head"],
)
def test_a_head_over_the_bound_gets_a_431(url: str, start: bytes) -> None:
    with RawClient(url) as client:
        assert_refused(client.send_bytes(start).answer(), 431, "head-too-large")
    assert_lives(url)


def test_a_head_within_the_bound_is_read(url: str) -> None:
    with RawClient(url) as client:
        value = "a" * 60_000
        assert client.send("GET /now HTTP/1.1", "Host: x", f"A: {value}").answer().status == 200
        assert (
            client.send_bytes(b"GET /now HTTP/1.1\r\nHost: x\r\n" + short_headers(200) + b"\r\n").answer().status == 200
        )


def endless(part: bytes) -> Iterator[bytes]:
    for _ in range(32 * MEBI // len(part)):
        yield part


@pytest.mark.parametrize(
    ("start", "part"),
    [
        (b"GET /now HTTP/1.1\r\nHost: x\r\n", short_headers(5000)),
        (b"GET /now HTTP/1.1\r\nHost: x\r\nA: ", b"a" * 65536),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", short_headers(5000)),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a" * 65536),
        (b"", b"GET /now HTTP/1.1\r\nHost: x\r\n\r\n" * 2000),
        (b"", b"\r\n" * 30000),
    ],
    ids=["headers", "one header", "trailers", "a chunk extension", "pipelined requests", "empty lines"],
)
def test_bytes_without_end_take_no_memory(url: str, start: bytes, part: bytes) -> None:
    process = psutil.Process(os.getpid())  # the server runs in a thread of this process
    assert_lives(url)
    before = process.memory_info().rss
    with RawClient(url, timeout=3) as client:
        client.send_bytes(start).send_until_refused(endless(part))
        assert process.memory_info().rss - before < 16 * MEBI
    assert_lives(url)


def test_chunks_of_one_byte_are_refused_before_they_cost_much(url: str) -> None:
    with RawClient(url) as client:
        client.send(*CHUNKED).send_until_refused([b"1\r\nx\r\n" * 20_000])
        assert_refused(client.answer(), 400, "malformed-request")


def test_chunks_of_usual_sizes_are_read(url: str) -> None:
    with RawClient(url) as client:
        body = b"40\r\n" + b"x" * 64 + b"\r\n"
        assert client.send(*CHUNKED, body=body * 40_000 + b"0\r\n\r\n").answer().body == b"x" * 64 * 40_000


def test_a_trailer_does_not_become_a_header(url: str) -> None:
    with RawClient(url) as client:
        client.send(*CHUNKED, body=b"1;a=b\r\nx\r\n0\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")
        answer = client.answer()
    assert answer.body == b"x"
    assert "x-forwarded-for" not in answer.headers["x-sent"]


UPGRADE = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA")


@pytest.mark.parametrize(
    ("framing", "body"),
    [("Content-Length: 5", b"hello"), ("Transfer-Encoding: chunked", b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")],
)
@pytest.mark.parametrize("split", [False, True])
def test_a_request_that_offers_http2_keeps_its_body(url: str, framing: str, body: bytes, split: bool) -> None:
    with RawClient(url) as client:
        for _ in range(2):  # the connection goes on
            client.send("POST /echo HTTP/1.1", "Host: x", *UPGRADE, framing, body=body[:3] if split else body)
            answer = client.send_bytes(body[3:] if split else b"").answer()
            assert (answer.status, answer.body) == (200, b"hello")
        assert client.send("GET /now HTTP/1.1", "Host: x", *UPGRADE).answer().body == b'"now"'


def test_pipelined_requests_are_answered_in_their_order(url: str) -> None:
    with RawClient(url) as client:
        bodies = [b"%d" % number for number in range(8)]
        head = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n"
        client.send_bytes(b"".join(head + body for body in bodies))
        assert [client.answer().body for _ in bodies] == bodies


@pytest.mark.parametrize("hosts", [(), ("Host: x", "Host: y")])
def test_http_1_1_needs_one_host(url: str, hosts: tuple[str, ...]) -> None:
    with RawClient(url) as client:
        answer = client.send("GET /now HTTP/1.1", *hosts).answer()
        assert (answer.status, answer.json()["type"]) == (400, "malformed-request")


def test_http_1_0_needs_none(url: str) -> None:
    with RawClient(url) as client:
        assert client.send("GET /now HTTP/1.0").answer().status == 200


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /now HTTP/1.1\r\nHost : x\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_bytes_that_are_not_http_get_a_problem_document(url: str, garbage: bytes) -> None:
    with RawClient(url) as client:
        assert_refused(client.send_bytes(garbage).answer(), 400, "malformed-request")


def test_garbage_behind_a_request_does_not_lose_its_answer(url: str) -> None:
    with RawClient(url) as client:
        client.send_bytes(b"GET /later?seconds=0.2 HTTP/1.1\r\nHost: x\r\n\r\n" + b"garbage\r\n\r\n")
        assert client.answer().body == b'"later"'
        assert client.seconds_until_closed() < 5


@pytest.mark.parametrize("path", ["/now", "/health/live", "/openapi.json"])
def test_head_is_get_without_a_body(url: str, path: str) -> None:
    with RawClient(url) as client:
        got = client.send(f"GET {path} HTTP/1.1", "Host: x").answer()
        answer = client.send(f"HEAD {path} HTTP/1.1", "Host: x").answer("HEAD")
        assert (answer.status, answer.headers["content-length"]) == (200, got.headers["content-length"])
        # The bytes after it are the next answer.
        assert client.send("GET /now HTTP/1.1", "Host: x").answer().body == b'"now"'


def test_head_is_not_allowed_where_get_is_not(url: str) -> None:
    with RawClient(url) as client:
        assert client.send("HEAD /echo HTTP/1.1", "Host: x").answer("HEAD").status == 405
