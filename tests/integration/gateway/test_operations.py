import json
import logging
from typing import Any

import httpx
import pytest
from support.server import serve

from gateway.app import create_app
from gateway.settings import Settings


def test_the_home_page_redirects_to_the_documentation(gateway: httpx.Client) -> None:
    answer = gateway.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/docs")


def test_metrics_and_logs_name_the_route_s_template(gateway: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        gateway.get("/moods/happy/tracks")
        gateway.get("/nothing/here")
    metrics = gateway.get("/metrics").text
    assert 'method="GET",route="/moods/{mood}/tracks",service="gateway",status="200"' in metrics
    assert 'route="unmatched",service="gateway",status="404"' in metrics
    assert "/nothing/here" not in metrics
    assert any("/moods/{mood}/tracks" in str(record.msg) for record in caplog.records)


def test_an_unexpected_error_is_a_problem_and_the_next_request_works() -> None:
    app = create_app(Settings(rate_limit="0"))

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("with a secret in it")

    with serve(app) as url, httpx.Client(base_url=url) as client:
        answer = client.get("/broken")
        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "internal-error"
        assert "secret" not in answer.text
        assert client.get("/moods").status_code == 200


def test_the_documentation_shows_every_public_call(gateway: httpx.Client) -> None:
    document = gateway.get("/openapi.json").json()
    assert set(document["paths"]) == {
        "/recommend", "/emotion", "/moods", "/moods/{mood}/tracks", "/lyrics/mood", "/tracks", "/tracks/{track_id}",
        "/genres", "/languages", "/health/live", "/health/ready", "/metrics",
    }  # fmt: skip
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"] and operation["tags"], path


def test_the_documentation_describes_the_form_and_gives_examples(gateway: httpx.Client) -> None:
    document = gateway.get("/openapi.json").json()
    for path in ("/recommend", "/emotion"):
        form = document["paths"][path]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
        assert form["required"] == ["image"]
        assert form["properties"]["image"]["format"] == "binary"
    without_form = (
        "/moods", "/moods/{mood}/tracks", "/lyrics/mood", "/tracks", "/tracks/{track_id}", "/genres", "/languages",
    )  # fmt: skip
    for path in ("/recommend", "/emotion", *without_form):
        (operation,) = document["paths"][path].values()
        assert operation["responses"]["200"]["content"]["application/json"]["example"]
        assert "429" in operation["responses"]
    assert "HTTPValidationError" not in json.dumps(document)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/recommend", 405), ("DELETE", "/moods", 405), ("OPTIONS", "/recommend", 405), ("GET", "/no", 404)],
)
def test_wrong_methods_and_paths_are_problems(gateway: httpx.Client, method: str, path: str, status: int) -> None:
    answer = gateway.request(method, path)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert status != 405 or answer.headers["allow"]


def test_invalid_lyrics_are_refused_without_being_quoted(gateway: httpx.Client) -> None:
    bodies: list[Any] = [
        b"{broken", b"", b"[]", b'{"texts": []}', b'{"texts": "secret words"}',
        b'{"texts": ["\\ud800"]}', b'{"texts": [null]}', json.dumps({"texts": ["secret " * 8000]}).encode(),
        json.dumps({"texts": ["word"] * 101}).encode(), b"[" * 100_000,
        b"\xff\xfe",
    ]  # fmt: skip
    for body in bodies:
        answer = gateway.post("/lyrics/mood", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, (body[:20], answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert "secret" not in answer.text


def test_a_deadline_that_the_client_sends_is_obeyed(gateway: httpx.Client) -> None:
    answer = gateway.get("/moods/happy/tracks", headers={"X-Deadline-Ms": "0"})
    assert answer.status_code == 504


def test_a_deadline_with_too_many_digits_is_ignored(gateway: httpx.Client) -> None:
    for digits in (400, 5000):
        assert gateway.get("/moods", headers={"X-Deadline-Ms": "9" * digits}).status_code < 500


def test_json_over_the_limit_sent_in_chunks_gets_a_413(gateway: httpx.Client) -> None:
    chunks = (b" " * 65536 for _ in range(9 * 16))
    answer = gateway.post("/lyrics/mood", content=chunks, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (413, "body-too-large")
