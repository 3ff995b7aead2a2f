import asyncio
from ipaddress import ip_network
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from gateway.door.client_address import identify_client, trust_proxies
from gateway.settings import Settings

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
API_KEYS = (SecretStr("secret"), SecretStr("other"))


def request(peer: str | None, *headers: tuple[str, str]) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return Request({"type": "http", "scheme": "http", "headers": raw, "client": (peer, 1) if peer else None})


def behind_proxies(received: Request) -> Request:
    """Return the request that the middleware passes on."""
    passed: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope)

    middleware = trust_proxies(PROXIES)
    wrapped: Any = middleware.cls(app, *middleware.args, **middleware.kwargs)
    asyncio.run(wrapped(received.scope, received.receive, None))
    return Request(passed[0])


def forwarded(peer: str | None, *values: str) -> str:
    received = request(peer, *(("x-forwarded-for", value) for value in values))
    return identify_client(behind_proxies(received), API_KEYS)


@pytest.mark.parametrize(
    ("values", "client"),
    [
        (["198.51.100.1"], "198.51.100.1"),
        (["198.51.100.1:51234"], "198.51.100.1"),
        (["2001:db8::1"], "2001:db8::/64"),
        (["[2001:db8::1]"], "2001:db8::/64"),
        (["[2001:db8::1]:51234"], "2001:db8::/64"),
        (["::ffff:198.51.100.1"], "198.51.100.1"),
        (["fe80::1%eth0"], "fe80::/64"),
    ],
)
def test_a_trusted_proxy_names_the_client_with_or_without_a_port(values: list[str], client: str) -> None:
    assert forwarded("10.0.0.1", *values) == forwarded("fd00::1", *values) == client


@pytest.mark.parametrize(
    "values",
    [
        ["198.51.100.1, 10.0.0.2"],
        ["198.51.100.1", "10.0.0.2"],
        ["198.51.100.1:51234 ,10.0.0.3:443", "[fd00::2]:443, 10.0.0.2"],
    ],
)
def test_trusted_proxies_are_skipped_in_one_header_or_in_several(values: list[str]) -> None:
    assert forwarded("10.0.0.1", *values) == "198.51.100.1"


@pytest.mark.parametrize(
    "values",
    [
        ["203.0.113.9, 198.51.100.1"],
        ["203.0.113.9", "198.51.100.1:51234"],
        ["10.0.0.9, 198.51.100.1, 10.0.0.2"],
        ["garbage, 198.51.100.1"],
    ],
)
def test_entries_before_the_client_s_own_address_are_ignored(values: list[str]) -> None:
    assert forwarded("10.0.0.1", *values) == "198.51.100.1"


@pytest.mark.parametrize("peer", ["192.0.2.1", "192.0.2.1:80", "2001:db8::1"])
def test_the_header_of_an_untrusted_peer_is_ignored(peer: str) -> None:
    assert forwarded(peer, "198.51.100.1") == forwarded(peer)


def test_the_first_address_is_the_client_if_all_are_trusted_proxies() -> None:
    assert forwarded("10.0.0.1", "10.0.0.3, 10.0.0.2:51234") == "10.0.0.3"


@pytest.mark.parametrize("values", [[], [""], ["", ""], ["198.51.100.1,"]])
def test_the_proxy_is_the_client_if_it_names_no_client(values: list[str]) -> None:
    assert forwarded("10.0.0.1", *values) == "10.0.0.1"


@pytest.mark.parametrize(
    "value",
    [
        "not an address", "unknown", "_hidden", "198.51.100.1:port", "198.51.100.1:1:2", "198.51.100.999",
        "[2001:db8::1", "[198.51.100.1", "[garbage]:1", "2001:db8::1::2",
        '"[2001:db8::1]"', "198.51.100.1/24", "ÿ" * 300, "*",
    ],
)  # fmt: skip
def test_clients_that_a_proxy_names_by_invalid_addresses_count_as_one(value: str) -> None:
    assert forwarded("10.0.0.1", value) == forwarded("10.0.0.2", f"{value}, 10.0.0.1") == "unknown"


@pytest.mark.parametrize(
    ("peer", "client"),
    [("192.0.2.1", "192.0.2.1"), ("2001:db8::ffff:1", "2001:db8::/64"), ("", "unknown"), (None, "unknown")],
)
def test_without_proxies_the_peer_is_the_client(peer: str | None, client: str) -> None:
    assert identify_client(request(peer), API_KEYS) == client


@pytest.mark.parametrize(("peer", "scheme"), [("10.0.0.1", "https"), ("192.0.2.1", "http")])
def test_the_scheme_counts_only_from_a_trusted_proxy(peer: str, scheme: str) -> None:
    assert behind_proxies(request(peer, ("x-forwarded-proto", "https"))).scope["scheme"] == scheme


def test_a_known_api_key_names_the_client_by_its_hash() -> None:
    first = identify_client(request("192.0.2.1", ("x-api-key", "secret")), API_KEYS)
    assert first.startswith("key-")
    assert "secret" not in first
    assert first != identify_client(request("192.0.2.1", ("x-api-key", "other")), API_KEYS)


def test_an_api_key_counts_before_a_forwarded_address() -> None:
    sent = [("x-api-key", "secret"), ("x-forwarded-for", "198.51.100.1")]
    key = identify_client(request("192.0.2.1", sent[0]), API_KEYS)
    assert identify_client(behind_proxies(request("10.0.0.1", *sent)), API_KEYS) == key


def test_an_invented_api_key_does_not_lift_the_limit_of_an_address() -> None:
    assert identify_client(request("192.0.2.1", ("x-api-key", "invented")), API_KEYS) == "192.0.2.1"


def test_api_keys_never_show_in_a_log() -> None:
    settings = Settings.model_validate({"api_keys": "secret, other"})
    assert settings.api_keys == API_KEYS
    assert "secret" not in repr(settings)
