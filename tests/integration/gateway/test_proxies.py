"""Forwarded addresses through a real server: the tests connect from 127.0.0.1, which plays the proxy."""

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


def test_clients_behind_a_proxy_that_sends_ports_have_limits_of_their_own(behind_proxy: httpx.Client) -> None:
    first, again, second = (forwarded(v) for v in ("203.0.113.7:51234", "203.0.113.7:51235", "203.0.113.8:51234"))
    assert statuses(behind_proxy, first, again, second) == [200, 429, 200]


def test_an_ipv6_client_is_its_network_in_brackets_or_not(behind_proxy: httpx.Client) -> None:
    same = ("[2001:db8::1]:51234", "[2001:db8::2]", "2001:db8::3")
    assert statuses(behind_proxy, *map(forwarded, same)) == [200, 429, 429]
    assert statuses(behind_proxy, forwarded("[2001:db8:0:1::1]:51234")) == [200]


def test_several_headers_and_hops_lead_to_the_first_address_that_is_no_proxy(behind_proxy: httpx.Client) -> None:
    one_header = forwarded("203.0.113.7, 10.0.0.1:443, 10.0.0.2")
    two_headers = forwarded("203.0.113.7:51234", "10.0.0.2")
    assert statuses(behind_proxy, one_header, two_headers) == [200, 429]


def test_invented_entries_do_not_lift_the_limit(behind_proxy: httpx.Client) -> None:
    spoofed = [forwarded(f"198.51.100.{n}, 203.0.113.7") for n in range(3)]
    assert statuses(behind_proxy, *spoofed) == [200, 429, 429]


def test_garbage_does_not_lift_the_limit(behind_proxy: httpx.Client) -> None:
    garbage = [forwarded(f"garbage {n}") for n in range(3)]
    assert statuses(behind_proxy, *garbage) == [200, 429, 429]


def test_the_proxy_counts_where_it_names_no_client(behind_proxy: httpx.Client) -> None:
    assert statuses(behind_proxy, forwarded(""), [], forwarded("127.0.0.1")) == [200, 429, 429]


def test_hops_that_are_all_trusted_count_as_the_first(behind_proxy: httpx.Client) -> None:
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
