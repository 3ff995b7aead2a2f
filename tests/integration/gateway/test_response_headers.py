"""What browsers are told: headers on every response, and CORS for the origins that are set."""

import re
from typing import Any

import httpx
import pytest

ORIGIN = {"Origin": "https://app.example"}
PREFLIGHT = {**ORIGIN, "Access-Control-Request-Method": "POST"}
REQUESTS = [
    ("GET", "/moods", 200), ("GET", "/", 307), ("GET", "/docs", 200), ("GET", "/openapi.json", 200),
    ("GET", "/health/live", 200), ("GET", "/metrics", 200), ("POST", "/recommend", 422), ("DELETE", "/moods", 405),
    ("GET", "/nothing", 404), ("GET", "/moods/", 404), ("GET", "/moods/sad/tracks?limit=0", 422),
    ("GET", "/tracks/0123456789ab", 404),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), REQUESTS)
def test_every_response_has_the_security_headers(gateway: httpx.Client, method: str, path: str, status: int) -> None:
    answer = gateway.request(method, path)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_data_may_load_nothing_and_the_documentation_only_what_it_needs(gateway: httpx.Client) -> None:
    assert gateway.get("/moods").headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    for path in ("/docs", "/redoc"):
        page = gateway.get(path)
        policy = page.headers["content-security-policy"]
        for host in re.findall(r'(?:src|href)="(https://[^/"]+)', page.text):
            assert host in policy, host
        assert "connect-src 'self'" in policy


@pytest.mark.parametrize("host", ["evil.example", "evil.example:1", "x/../y"])
@pytest.mark.parametrize("path", ["/moods/", "/tracks/", "/recommend/", "/docs/", "/health/live/"])
def test_no_redirect_is_built_from_the_client_s_host(gateway: httpx.Client, host: str, path: str) -> None:
    answer = gateway.get(path, headers={"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-Host": host})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "there is nothing at this path; no path ends with a slash"
    assert "location" not in answer.headers
    assert gateway.get("/", headers={"Host": host}).headers["location"] == "/docs"


def test_without_the_setting_there_is_no_cors(gateway: httpx.Client) -> None:
    answers = [gateway.get("/moods", headers=ORIGIN), gateway.options("/recommend", headers=PREFLIGHT)]
    assert [answer.status_code for answer in answers] == [200, 405]
    assert not [name for answer in answers for name in answer.headers if name.startswith("access-control-")]


@pytest.fixture
def crossed(open_gateway: Any) -> httpx.Client:
    """A client of a gateway that allows one origin and two requests a minute."""
    client = open_gateway(cors_origins="https://other.example, https://app.example", rate_limit="2/minute")
    assert isinstance(client, httpx.Client)
    return client


def test_an_allowed_origin_reads_answers_errors_and_refusals(crossed: httpx.Client) -> None:
    answers = [crossed.get(path, headers=ORIGIN) for path in ("/moods", "/moods/bored/tracks", "/moods")]
    assert [answer.status_code for answer in answers] == [200, 422, 429]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "https://app.example"
        readable = answer.headers["access-control-expose-headers"].lower()
        assert "retry-after" in readable
        assert "x-request-id" in readable
        assert "origin" in answer.headers["vary"].lower()
        assert "access-control-allow-credentials" not in answer.headers
    assert answers[-1].headers["retry-after"]


def test_failures_of_services_and_unexpected_errors_can_be_read_too(open_gateway: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("gateway.routes.moods.emotions_of", None)
    client = open_gateway(cors_origins="https://app.example", recommender_url="http://127.0.0.1:1")
    answers = [client.get("/moods", headers=ORIGIN), client.get("/tracks", headers=ORIGIN)]
    assert [answer.status_code for answer in answers] == [500, 503]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == "https://app.example"


def test_a_preflight_is_answered_and_not_counted(crossed: httpx.Client) -> None:
    asked = {**PREFLIGHT, "Access-Control-Request-Headers": "content-type, x-api-key"}
    for _ in range(5):
        answer = crossed.options("/recommend", headers=asked)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "https://app.example"
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert "x-api-key" in answer.headers["access-control-allow-headers"].lower()
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert crossed.get("/moods", headers=ORIGIN).status_code == 200


def test_an_origin_that_is_not_named_finds_no_cors(crossed: httpx.Client) -> None:
    foreign = {**PREFLIGHT, "Origin": "https://evil.example"}
    refused = crossed.options("/recommend", headers=foreign)
    assert (refused.status_code, refused.headers["content-type"]) == (405, "application/problem+json")
    answer = crossed.get("/moods", headers=foreign)
    assert answer.status_code == 200
    for response in (refused, answer):
        assert "access-control-allow-origin" not in response.headers


def test_all_origins_can_be_allowed(open_gateway: Any) -> None:
    client = open_gateway(cors_origins="*")
    assert client.get("/moods", headers=ORIGIN).headers["access-control-allow-origin"] == "*"
    assert client.options("/recommend", headers=PREFLIGHT).status_code == 200
