"""Pictures that cost more than they look, sent to a real server: they are refused before they hold its only worker."""

import time
from collections.abc import Iterator

import httpx
import pytest
from support.costly_pictures import REFUSED
from support.server import serve

from face_emotion.app import create_app
from face_emotion.settings import Settings


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serve(create_app(Settings(workers=1))) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


@pytest.mark.parametrize("name", REFUSED)
def test_a_costly_picture_does_not_hold_the_worker(client: httpx.Client, astronaut: bytes, name: str) -> None:
    make, words = REFUSED[name]
    data, started = make(), time.monotonic()
    refusal = client.post("/v1/faces", content=data)
    next_answer = client.post("/v1/faces", content=astronaut)
    assert refusal.status_code in {413, 415, 422}
    assert words in refusal.json()["detail"]
    assert next_answer.status_code == 200
    assert time.monotonic() - started < 1
