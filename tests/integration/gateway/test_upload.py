import encodings
import pkgutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.door.form import split_form
from musicalface_common.errors import InvalidRequest

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


CODECS = sorted({codec.name for codec in pkgutil.iter_modules(encodings.__path__)} | {"undefined", "none-such", "\0"})


@pytest.mark.parametrize("name", ['name="image"; filename="f"', 'name="image"', 'name="im\xffage"; filename="\xff"'])
def test_no_charset_of_a_form_or_a_part_is_an_error_of_the_server(gateway: httpx.Client, name: str) -> None:
    for codec in CODECS:
        head = f"--b\r\nContent-Disposition: form-data; {name}\r\nContent-Type: text/plain; charset={codec}\r\n\r\n"
        charset = "" if codec == "\0" else f"; charset={codec}"  # no server passes such a header on
        answer = gateway.post(
            "/emotion",
            headers={"Content-Type": f"multipart/form-data; boundary=b{charset}"},
            content=head.encode("latin-1") + b"\xff\xfe" + TAIL,
        )
        assert answer.status_code == (200 if "filename" in name and "\xff" not in name else 422), codec


LEGAL: Mapping[str, tuple[str, bytes]] = {
    "as curl sends it": ("", HEAD + b"photo" + TAIL),
    "an image without a file name": (
        "",
        b'--b\r\nContent-Disposition: form-data; name="image"\r\nContent-Type: image/jpeg\r\n\r\nphoto' + TAIL,
    ),
    "bytes without a file name": (
        "",
        b"--b\r\ncontent-type: application/octet-stream\r\n"
        b'content-disposition: form-data; name="image"\r\n\r\nphoto' + TAIL,
    ),
    "an extended file name": ("", HEAD.replace(b'filename="f"', b"filename*=UTF-8''na%C3%AFve.jpg") + b"photo" + TAIL),
    "both file names": ("", HEAD.replace(b'"f"', b"\"f\"; FileName*0*=UTF-8''f") + b"photo" + TAIL),
    "a preamble": ("", b"This is a form.\r\n--not the boundary\r\n" + HEAD + b"photo" + TAIL),
    "an empty line first": ("", b"\r\n" + HEAD + b"photo" + TAIL),
    "an epilogue": ("", HEAD + b"photo" + TAIL + b"the end\r\n--b\r\nmore"),
    "no last line break": ("", HEAD + b"photo\r\n--b--"),
    "spaces after a boundary": ("", HEAD.replace(b"--b", b"--b \t") + b"photo" + TAIL),
    "a quoted boundary": ('multipart/form-data; boundary="b"', HEAD + b"photo" + TAIL),
    "odd casing": (
        "Multipart/Form-Data; Boundary=b",
        HEAD.replace(b"Content-Disposition: form-data; name", b"CONTENT-DISPOSITION:Form-Data; NAME") + b"photo" + TAIL,
    ),
    "lines that end with LF": ("", (HEAD + b"photo" + TAIL).replace(b"\r\n", b"\n")),
}


@pytest.mark.parametrize(("content_type", "content"), LEGAL.values(), ids=LEGAL.keys())
def test_a_legal_form_is_read(gateway: httpx.Client, last_call: Any, content_type: str, content: bytes) -> None:
    headers = {"Content-Type": content_type} if content_type else FORM_TYPE
    assert gateway.post("/emotion", headers=headers, content=content).status_code == 200
    assert last_call("face_emotion")["body"] == b"photo"


@pytest.mark.parametrize("photo", [b"\r\n", b"\r\n--", b"\n--b", b"x--b--", b"\r", b"\0\xff" * 1000, b"\r\n\r\n--a"])
def test_a_photo_keeps_its_bytes(gateway: httpx.Client, last_call: Any, photo: bytes) -> None:
    assert gateway.post("/emotion", headers=FORM_TYPE, content=HEAD + photo + TAIL).status_code == 200
    assert last_call("face_emotion")["body"] == photo


@pytest.mark.parametrize("filler", [b"\r\n--bx", b"\r\n--b-", b"\r\n--", b"\n--b", b"\r"])
def test_a_form_of_many_starts_of_boundaries_does_not_hold_the_gateway(gateway: httpx.Client, filler: bytes) -> None:
    content = HEAD + filler * (8_000_000 // len(filler)) + TAIL
    started = time.thread_time_ns()
    with suppress(InvalidRequest):
        split_form(content, b"b")
    assert time.thread_time_ns() - started < 0.4e9
    assert gateway.post("/emotion", headers=FORM_TYPE, content=content).status_code in {200, 422}


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
