"""Forwarded addresses at a real server. The tests connect from 127.0.0.1, as a proxy would."""

from typing import Any

import httpx
import pytest

Headers = list[tuple[str, str]]


def statuses(client: httpx.Client, *requests: Headers) -> list[int]:
    return [client.get("/moods", headers=headers).status_code for headers in requests]


def forwarded(*values: str) -> Headers:
    return [("X-Forwarded-For", value) for value in values]


@pytest.fixture
def behind_proxy(open_gateway: Any) -> httpx.Client:
    """A client of a gateway that trusts 127.0.0.1 and 10.0.0.0/8, one request per minute and client."""
    client = open_gateway(rate_limit="1/minute", trusted_proxies="127.0.0.1, 10.0.0.0/8")
    assert isinstance(client, httpx.Client)
    return client


def test_each_client_behind_a_proxy_that_sends_ports_has_its_own_limit(behind_proxy: httpx.Client) -> None:
    first, again, second = (forwarded(v) for v in ("203.0.113.7:51234", "203.0.113.7:51235", "203.0.113.8:51234"))
    assert statuses(behind_proxy, first, again, second) == [200, 429, 200]


def test_ipv6_clients_are_counted_by_network_with_or_without_brackets(behind_proxy: httpx.Client) -> None:
    same = ("[2001:db8::1]:51234", "[2001:db8::2]", "2001:db8::3")
    assert statuses(behind_proxy, *map(forwarded, same)) == [200, 429, 429]
    assert statuses(behind_proxy, forwarded("[2001:db8:0:1::1]:51234")) == [200]


def test_the_client_is_the_last_address_that_is_no_proxy_in_one_header_or_in_several(
    behind_proxy: httpx.Client,
) -> None:
    one_header = forwarded("203.0.113.7, 10.0.0.1:443, 10.0.0.2")
    two_headers = forwarded("203.0.113.7:51234", "10.0.0.2")
    assert statuses(behind_proxy, one_header, two_headers) == [200, 429]


def test_invented_entries_do_not_lift_the_limit(behind_proxy: httpx.Client) -> None:
    spoofed = [forwarded(f"198.51.100.{n}, 203.0.113.7") for n in range(3)]
    assert statuses(behind_proxy, *spoofed) == [200, 429, 429]


def test_garbage_does_not_lift_the_limit(behind_proxy: httpx.Client) -> None:
    garbage = [forwarded(f"garbage {n}") for n in range(3)]
    assert statuses(behind_proxy, *garbage) == [200, 429, 429]


def test_the_proxy_is_counted_if_it_names_no_client(behind_proxy: httpx.Client) -> None:
    assert statuses(behind_proxy, forwarded(""), [], forwarded("127.0.0.1")) == [200, 429, 429]


def test_the_first_address_is_counted_if_all_are_trusted_proxies(behind_proxy: httpx.Client) -> None:
    assert statuses(behind_proxy, forwarded("10.0.0.9, 10.0.0.1"), forwarded("10.0.0.9, 10.0.0.2")) == [200, 429]


@pytest.mark.parametrize("proxies", ["", "10.0.0.0/8"])
def test_the_headers_of_an_untrusted_peer_change_nothing(open_gateway: Any, proxies: str) -> None:
    client = open_gateway(rate_limit="1/minute", trusted_proxies=proxies)
    assert statuses(client, forwarded("203.0.113.7"), forwarded("203.0.113.8")) == [200, 429]


def test_an_api_key_counts_before_a_forwarded_address(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="1/minute", trusted_proxies="127.0.0.1", api_keys="one")
    key = [("X-API-Key", "one")]
    assert statuses(client, key + forwarded("203.0.113.7"), key + forwarded("203.0.113.8")) == [200, 429]
    assert statuses(client, forwarded("203.0.113.7")) == [200]
