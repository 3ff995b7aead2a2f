"""The address of a request's client, also behind proxies, and the name by which the rate limit counts the client."""

import hashlib
from collections.abc import Collection, Sequence
from ipaddress import IPv4Address, IPv6Network, ip_address

from pydantic import SecretStr
from starlette.middleware import Middleware
from starlette.requests import Request
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from gateway.settings import Network

# Requests without a valid address share one limit. Otherwise each invalid address from a proxy would get its own limit.
UNKNOWN_CLIENT = "unknown"
# An IPv6 subscriber gets at least a /64 network (RFC 6177).
SUBSCRIBER_PREFIX = 64


def trust_proxies(proxies: Sequence[Network]) -> Middleware:
    """Make the middleware that reads the client's address and scheme from the headers that these proxies send.

    The headers are X-Forwarded-For and X-Forwarded-Proto. The address is the last one in X-Forwarded-For that is not a
    trusted proxy, or the first one if all are trusted proxies. It may have a port.
    """
    return Middleware(ProxyHeadersMiddleware, trusted_hosts=[str(network) for network in proxies])


def identify_client(request: Request, api_keys: Collection[SecretStr]) -> str:
    """Return the name by which a client is counted: a hash of its API key if the key is known, else its address."""
    key = request.headers.get("x-api-key")
    if key and SecretStr(key) in api_keys:
        return f"key-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    return _subscriber_address(request.client.host) if request.client else UNKNOWN_CLIENT


def _subscriber_address(host: str) -> str:
    """Return an IPv4 address as it is, the /64 network of an IPv6 address, and `unknown` for an invalid address."""
    try:
        address = ip_address(host)
    except ValueError:
        return UNKNOWN_CLIENT
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), SUBSCRIBER_PREFIX), strict=False))
