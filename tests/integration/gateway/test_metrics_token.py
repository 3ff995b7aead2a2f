"""Who may read the gateway's metrics."""

from typing import Any

import httpx
import pytest

TOKEN = "a-token-for-the-metrics"


def metrics(client: httpx.Client, authorization: str | None) -> httpx.Response:
    headers = {} if authorization is None else {b"Authorization": authorization.encode()}
    return httpx.get(client.base_url.join("/metrics"), headers=headers)


def assert_refused(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["type"]) == (401, "unauthorized")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "musicalface_requests" not in answer.text
    assert TOKEN not in answer.text


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer wrong", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"],
)
def test_metrics_need_the_token(gateway: httpx.Client, authorization: str | None) -> None:
    assert_refused(metrics(gateway, authorization))


def test_the_token_opens_them(gateway: httpx.Client) -> None:
    for scheme in ("Bearer", "bearer"):
        answer = metrics(gateway, f"{scheme} {TOKEN}")
        assert answer.status_code == 200
        assert "musicalface_requests_total" in answer.text


@pytest.mark.parametrize("unset", [None, ""])
def test_without_a_token_nobody_reads_them(open_gateway: Any, unset: str | None) -> None:
    client = open_gateway(metrics_token=unset)
    for authorization in (None, f"Bearer {TOKEN}", "Bearer None"):
        assert_refused(metrics(client, authorization))
