"""What clients of the gateway may hold, through real sockets."""

import asyncio
import threading
import time
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from fakes.services import HAPPY, face_service, recommender_service
from fastapi import FastAPI, Request, Response
from support.raw_client import RawClient
from support.server import serve

UPLOAD = (
    *("POST /recommend HTTP/1.1", "Host: x", "Content-Length: 1000000"),
    "Content-Type: multipart/form-data; boundary=B",
)


def delayed(app: FastAPI, seconds: float) -> FastAPI:
    """Let an app answer these seconds later, except to health checks."""

    @app.middleware("http")
    async def delay(request: Request, call_next: Any) -> Response:
        if request.url.path.startswith("/v1/"):
            await asyncio.sleep(seconds)
        response: Response = await call_next(request)
        return response

    return app


def test_slow_uploads_of_one_client_shut_nobody_out(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="60/minute", api_keys="victim", max_concurrency=4, max_uploads_per_client=16)
    with ExitStack() as stack:
        for _ in range(16):
            stack.enter_context(RawClient(str(client.base_url))).send(*UPLOAD, body=b"--B\r\n")
        key = {"X-API-Key": "victim"}
        answers = [client.get("/moods/happy/tracks", headers=key).status_code for _ in range(10)]
        photos = [client.post("/recommend", files={"image": b"x"}, headers=key).status_code for _ in range(3)]
        with RawClient(str(client.base_url)) as one_more:
            assert one_more.send(*UPLOAD, "Expect: 100-continue").answer().status == 429
    assert answers + photos == [200] * 13


@pytest.mark.parametrize(("headers", "status"), [({}, 429), ({"X-Forwarded-For": "203.0.113.9"}, 200)])
def test_uploads_are_counted_by_the_address_that_a_proxy_names(
    open_gateway: Any, headers: dict[str, str], status: int
) -> None:
    client = open_gateway(trusted_proxies="127.0.0.1", rate_limit="60/minute", max_uploads_per_client=1)
    with RawClient(str(client.base_url)) as upload:
        upload.send(*UPLOAD, body=b"--B\r\n")
        assert client.post("/recommend", files={"image": b"x"}, headers=headers).status_code == status


def test_photos_that_are_refused_leave_other_calls_alone(open_gateway: Any) -> None:
    with serve(delayed(face_service(HAPPY), 1.5)) as slow_faces:
        client = open_gateway(face_emotion_url=slow_faces, max_concurrency=1)
        first = threading.Thread(target=client.post, args=("/emotion",), kwargs={"files": {"image": b"x"}})
        first.start()
        time.sleep(0.5)
        refused = client.post("/recommend", files={"image": b"x"})
        assert (refused.status_code, refused.json()["type"]) == (503, "overloaded")
        assert client.get("/moods/happy/tracks").status_code == 200
        assert client.post("/lyrics/mood", json={"texts": ["word"]}).status_code == 200
        first.join()


def test_a_photo_keeps_its_place_until_its_faces_are_found(open_gateway: Any) -> None:
    with serve(delayed(recommender_service(), 1.0)) as slow_recommender:
        client = open_gateway(recommender_url=slow_recommender, max_concurrency=1)

        async def crowd() -> list[int]:
            async with httpx.AsyncClient(base_url=client.base_url) as crowd_client:
                answers = []
                for _ in range(4):
                    answers.append(asyncio.create_task(crowd_client.post("/recommend", files={"image": b"x"})))
                    await asyncio.sleep(0.2)
                return [(await answer).status_code for answer in answers]

        assert asyncio.run(crowd()) == [200] * 4


def test_photos_of_one_client_leave_places_for_others(open_gateway: Any) -> None:
    with serve(delayed(face_service(HAPPY), 1.0)) as slow_faces:
        client = open_gateway(face_emotion_url=slow_faces, max_concurrency=2, rate_limit="60/minute", api_keys="other")

        async def crowd() -> list[int]:
            async with httpx.AsyncClient(base_url=client.base_url) as crowd_client:
                answers = []
                for key in ("", "", "other"):
                    sent = crowd_client.post("/emotion", files={"image": b"x"}, headers={"X-API-Key": key})
                    answers.append(asyncio.create_task(sent))
                    await asyncio.sleep(0.2)
                return [(await answer).status_code for answer in answers]

        assert asyncio.run(crowd()) == [200, 429, 200]
