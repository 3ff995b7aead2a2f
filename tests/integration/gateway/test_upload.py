import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

LIMIT = 8 * 1024 * 1024
HEAD = b'--b\r\nContent-Disposition: form-data; name="image"; filename="f"\r\n\r\n'
TAIL = b"\r\n--b--\r\n"
FORM_TYPE = {"Content-Type": "multipart/form-data; boundary=b"}


def chunks(size: int) -> Iterator[bytes]:
    yield HEAD
    for _ in range(size // 65536):
        yield bytes(65536)
    yield TAIL


@pytest.mark.parametrize(
    ("files", "detail"),
    [
        ([("photo", b"x")], "no field named image"),
        ([("image", b"x"), ("image", b"y")], "one photo"),
        ([("image", b"x"), ("other", b"y")], "one photo"),
        ([("image", b"x"), ("limit", (None, b"3"))], "options go into the query"),
        ([("image", (None, b"text"))], "not a file"),
        ([("image", ("empty.jpg", b""))], "empty"),
        ([("image", bytes([n])) for n in range(20)], "Too many files"),
    ],
)
def test_a_form_that_is_not_one_photo_is_refused(gateway: httpx.Client, files: Any, detail: str) -> None:
    answer = gateway.post("/emotion", files=files)
    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request")
    assert detail in answer.json()["detail"]


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({}, b""),
        ({"Content-Type": "image/jpeg"}, b"\xff\xd8"),
        ({"Content-Type": "multipart/form-data"}, HEAD + TAIL),
        (FORM_TYPE, b""),
        (FORM_TYPE, b"garbage"),
        (FORM_TYPE, HEAD + b"cut off"),
        (FORM_TYPE, b"--b\r\nContent-Disposition: form-data\r\n\r\nx" + TAIL),
        ({"Content-Type": "multipart/form-data; boundary=b; charset=none-such"}, b"--b\r\n\r\n\r\n" + TAIL),
    ],
)
def test_a_body_that_is_not_a_form_is_refused(gateway: httpx.Client, headers: dict[str, str], content: bytes) -> None:
    answer = gateway.post("/emotion", headers=headers, content=content)
    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ÿ" * 500, "a\x00b.jpg"])
def test_the_file_s_name_does_not_matter(gateway: httpx.Client, name: str) -> None:
    content = HEAD.replace(b'"f"', f'"{name}"'.encode()) + b"x" + TAIL
    assert gateway.post("/emotion", headers=FORM_TYPE, content=content).status_code == 200


def test_a_large_photo_is_not_written_to_disk(
    gateway: httpx.Client, last_call: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A parser that writes to disk would fail: the folder for temporary files does not exist.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    answer = gateway.post("/emotion", headers=FORM_TYPE, content=chunks(LIMIT - 65536))
    assert answer.status_code == 200
    assert len(last_call("face_emotion")["body"]) == LIMIT - 65536


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_over_the_limit_gets_a_413_that_the_client_can_read(gateway: httpx.Client, declared: bool) -> None:
    content = b"".join(chunks(9 * 1024 * 1024)) if declared else chunks(9 * 1024 * 1024)
    answer = gateway.post("/emotion", headers=FORM_TYPE, content=content)
    assert (answer.status_code, answer.json()["type"]) == (413, "body-too-large")
    assert gateway.post("/emotion", files={"image": b"x"}).status_code == 200


def test_a_photo_that_does_not_arrive_in_time_gets_a_408(open_gateway: Any) -> None:
    client = open_gateway(upload_timeout_s=0.3)
    host, port = client.base_url.host, client.base_url.port
    with socket.create_connection((host, port), timeout=5) as connection:
        head = "POST /emotion HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        connection.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode() + HEAD)
        started = time.monotonic()
        answer = connection.makefile("rb").read()
    assert time.monotonic() - started < 3
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"type":"request-timeout"' in answer
    assert client.post("/emotion", files={"image": b"x"}).status_code == 200


def test_the_next_request_works_after_a_client_closed_its_connection(gateway: httpx.Client) -> None:
    with socket.create_connection((gateway.base_url.host, gateway.base_url.port)) as connection:
        head = "POST /emotion HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        connection.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode() + HEAD)
    assert gateway.post("/emotion", files={"image": b"x"}).status_code == 200
    assert 'route="/emotion",service="gateway",status="500"' not in gateway.get("/metrics").text
