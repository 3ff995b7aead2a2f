import pytest
from pydantic import SecretStr
from starlette.requests import Request

from gateway.door.client_address import identify_client
from gateway.settings import Settings

SETTINGS = Settings.model_validate({"trusted_proxies": "10.0.0.0/8", "api_keys": "secret, other"})


def request(peer: str | None, *headers: tuple[str, str]) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return Request({"type": "http", "headers": raw, "client": (peer, 1) if peer else None})


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.1"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1", "10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["not an address"], "10.0.0.1"),
        ("10.0.0.1", ["2001:db8::1"], "2001:db8::/64"),
        ("2001:db8::ffff:1", [], "2001:db8::/64"),
        ("10.0.0.1", [""], "10.0.0.1"),
        (None, [], "unknown"),
    ],
)
def test_a_forwarded_address_counts_only_from_a_trusted_proxy(
    peer: str | None, forwarded: list[str], client: str
) -> None:
    asked = request(peer, *(("x-forwarded-for", value) for value in forwarded))
    assert identify_client(asked, SETTINGS) == client


def test_a_known_api_key_names_the_client_and_is_not_kept() -> None:
    asked = request("192.0.2.1", ("x-api-key", "secret"))
    assert identify_client(asked, SETTINGS).startswith("key-")
    assert "secret" not in identify_client(asked, SETTINGS)
    assert identify_client(asked, SETTINGS) != identify_client(request("192.0.2.1", ("x-api-key", "other")), SETTINGS)


def test_an_invented_api_key_does_not_lift_the_limit_of_an_address() -> None:
    assert identify_client(request("192.0.2.1", ("x-api-key", "invented")), SETTINGS) == "192.0.2.1"


def test_api_keys_never_show_in_a_log() -> None:
    assert SecretStr("secret") in SETTINGS.api_keys
    assert "secret" not in repr(SETTINGS)
