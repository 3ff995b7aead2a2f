"""What all apps have in common, tested through a real server."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, Request
from pydantic import SecretStr
from support.server import serve

from musicalface_common.app import assemble_app
from musicalface_common.deadline import remaining_seconds
from musicalface_common.errors import NoFace, ProblemDetails
from musicalface_common.settings import ServiceSettings
from musicalface_common.state import current_state

SETTINGS = ServiceSettings(max_body_bytes=200_000, max_concurrency=2, upload_timeout_s=1)


@asynccontextmanager
async def _open_state() -> AsyncIterator[str]:
    yield "a state"


def _router() -> APIRouter:
    router = APIRouter()

    @router.get("/things/{number}")
    async def thing(number: int) -> dict[str, int]:
        return {"number": number}

    @router.post("/length")
    async def length(request: Request) -> dict[str, int]:
        body = await request.body()
        await asyncio.sleep(0.01)
        return {"length": len(body)}

    @router.post("/parsed")
    async def parsed(words: list[str]) -> int:
        return len(words)

    @router.get("/faceless")
    async def faceless() -> None:
        raise NoFace("the image shows no face")

    @router.get("/bug")
    async def bug() -> None:
        raise RuntimeError("a secret detail")

    @router.get("/slow")
    async def slow(seconds: float) -> dict[str, float | None]:
        await asyncio.sleep(seconds)
        return {"left": remaining_seconds()}

    return router


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    app = assemble_app("common", "for tests", SETTINGS, _open_state, [_router()])
    with serve(app) as url, httpx.Client(base_url=url) as client:
        yield client


def _problem(response: httpx.Response) -> ProblemDetails:
    assert response.headers["content-type"] == "application/problem+json"
    problem = ProblemDetails.model_validate_json(response.content)
    assert problem.status == response.status_code
    assert problem.request_id == response.headers["x-request-id"]
    return problem


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("DELETE", "/things/1", 405, "method-not-allowed"),
        ("GET", "/things/one", 422, "invalid-request"),
        ("GET", "/faceless", 422, "no-face"),
        ("GET", "/bug", 500, "internal-error"),
    ],
)
def test_every_error_is_a_problem_document(
    client: httpx.Client, method: str, path: str, status: int, kind: str
) -> None:
    response = client.request(method, path)
    assert (response.status_code, _problem(response).type) == (status, kind)


def test_an_unexpected_error_reveals_nothing_and_the_next_request_works(client: httpx.Client) -> None:
    assert "secret" not in client.get("/bug").text
    assert client.get("/things/7").json() == {"number": 7}


def test_a_405_names_the_allowed_methods(client: httpx.Client) -> None:
    assert client.delete("/things/1").headers["allow"] == "GET"


def test_a_validation_error_never_echoes_its_input(client: httpx.Client) -> None:
    assert "my-own-words" not in client.get("/things/my-own-words").text


def test_a_well_formed_request_id_is_kept_and_another_is_replaced(client: httpx.Client) -> None:
    kept = client.get("/things/1", headers={"x-request-id": "0123456789abcdef"})
    assert kept.headers["x-request-id"] == "0123456789abcdef"
    replaced = client.get("/things/1", headers={"x-request-id": "no spaces, please"})
    assert replaced.headers["x-request-id"] != "no spaces, please"


@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
def test_a_body_over_the_limit_is_refused_and_one_at_the_limit_is_not(client: httpx.Client, chunked: bool) -> None:
    def body(size: int) -> bytes | Iterator[bytes]:
        return iter([b"x" * (size - 1), b"x"]) if chunked else b"x" * size

    assert client.post("/length", content=body(200_000)).json() == {"length": 200_000}
    refused = client.post("/length", content=body(200_001))
    assert (refused.status_code, _problem(refused).type) == (413, "body-too-large")


def test_a_body_over_the_limit_is_refused_while_the_framework_parses_it(client: httpx.Client) -> None:
    words = iter([b'["', b"x" * 200_000, b'"]'])
    refused = client.post("/parsed", content=words, headers={"content-type": "application/json"})
    assert (refused.status_code, _problem(refused).type) == (413, "body-too-large")


@pytest.mark.parametrize("path", ["/length", "/parsed"])
@pytest.mark.parametrize("declared", [100, 90_000_000])
def test_a_body_that_never_arrives_is_refused_and_frees_its_place(
    client: httpx.Client, path: str, declared: int
) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: {declared}\r\n\r\n["
    )
    with ExitStack() as stack:
        stalled = [
            stack.enter_context(socket.create_connection((client.base_url.host, client.base_url.port or 80), 10))
            for _ in range(2)
        ]
        for connection in stalled:
            connection.sendall(head.encode())
        answers = [connection.makefile("rb").read() for connection in stalled]
        assert all(b" 408 " in answer and b"request-timeout" in answer for answer in answers)
        assert client.get("/things/1").status_code == 200


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b"[" + b"9" * 5000 + b"]"])
def test_a_body_that_cannot_be_parsed_is_an_invalid_request(client: httpx.Client, body: bytes) -> None:
    refused = client.post("/parsed", content=body, headers={"content-type": "application/json"})
    assert (refused.status_code, _problem(refused).type) == (422, "invalid-request")


def test_requests_over_the_limit_are_refused_at_once_but_not_health(client: httpx.Client) -> None:
    async def crowd() -> tuple[list[httpx.Response], httpx.Response]:
        async with httpx.AsyncClient(base_url=client.base_url) as crowd_client:
            slow = [asyncio.create_task(crowd_client.get("/slow?seconds=0.5")) for _ in range(4)]
            await asyncio.sleep(0.2)
            health = await crowd_client.get("/health/live")
            return list(await asyncio.gather(*slow)), health

    answers, health = asyncio.run(crowd())
    assert sorted(answer.status_code for answer in answers) == [200, 200, 503, 503]
    refused = next(answer for answer in answers if answer.status_code == 503)
    assert _problem(refused).type == "overloaded"
    assert refused.headers["retry-after"] == "1"
    assert health.status_code == 200


def test_a_service_keeps_the_deadline_that_its_caller_sent(client: httpx.Client) -> None:
    late = client.get("/slow?seconds=5", headers={"x-deadline-ms": "100"})
    assert (late.status_code, _problem(late).type) == (504, "upstream-timeout")
    in_time = client.get("/slow?seconds=0", headers={"x-deadline-ms": "2000"})
    assert 0 < in_time.json()["left"] <= 2
    assert client.get("/slow?seconds=0").json() == {"left": None}


def test_a_deadline_does_not_outlive_its_request(client: httpx.Client) -> None:
    # Above 64 kB uvicorn stops reading for a while, and goes on in the context of the request that it reads for.
    large: dict[str, Any] = {"content": b"x" * 190_000, "headers": {"x-deadline-ms": "500"}}
    with httpx.Client(base_url=client.base_url) as one_connection:
        for _ in range(3):
            assert one_connection.post("/length", **large).json() == {"length": 190_000}
            time.sleep(0.3)


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/slow?second=1", "second: there is no such parameter (did you mean seconds?)"),
        ("/slow?seconds=0&seconds=1", "seconds: is there more than once, but takes one value"),
        ("/things/1?x=1", "x: there is no such parameter; this call has none"),
        ("/things/one", "number: must be a whole number"),
        ("/things/1/", "there is nothing at this path; no path ends with a slash"),
    ],
)
def test_what_a_route_does_not_know_is_refused_in_plain_words(client: httpx.Client, path: str, detail: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == (404 if path.endswith("/") else 422)
    assert _problem(answer).detail == detail
    assert "location" not in answer.headers


def test_every_app_sends_the_security_headers(client: httpx.Client) -> None:
    for path in ("/things/1", "/bug", "/nowhere", "/health/live"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_the_metrics_of_an_app_that_is_not_public_are_open_unless_a_token_is_set(client: httpx.Client) -> None:
    assert client.get("/metrics").status_code == 200
    settings = SETTINGS.model_copy(update={"metrics_token": SecretStr("a-token-for-the-metrics")})
    with serve(assemble_app("common", "for tests", settings, _open_state, [])) as url:
        refused = httpx.get(f"{url}/metrics")
        assert (refused.status_code, _problem(refused).type) == (401, "unauthorized")
        assert httpx.get(f"{url}/metrics", headers={"Authorization": "Bearer a-token-for-the-metrics"}).is_success


def test_metrics_count_by_route_template(client: httpx.Client) -> None:
    client.get("/things/41")
    client.get("/things/42")
    text = client.get("/metrics").text
    assert 'route="/things/{number}",service="common"' in text
    assert "/things/41" not in text


def test_ready_lists_what_it_depends_on(client: httpx.Client) -> None:
    assert client.get("/health/ready").json() == {"status": "ready", "dependencies": {}}


def test_an_app_is_not_ready_before_it_has_started() -> None:
    app = assemble_app("common", "for tests", SETTINGS, _open_state, [])
    with serve(app, lifespan="off") as url:
        response = httpx.get(f"{url}/health/ready")
        assert (response.status_code, _problem(response).type) == (503, "not-ready")
        assert httpx.get(f"{url}/health/live").status_code == 200


def test_an_app_that_has_stopped_has_no_state() -> None:
    app = assemble_app("common", "for tests", SETTINGS, _open_state, [])
    with serve(app):
        assert current_state(app) == "a state"
    assert current_state(app) is None


def test_openapi_describes_problems_instead_of_the_frameworks_own_errors(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert "HTTPValidationError" not in json.dumps(document)
    answer = document["paths"]["/things/{number}"]["get"]["responses"]["422"]
    assert "application/problem+json" in answer["content"]
