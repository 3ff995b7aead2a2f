"""The client that sent a request, also behind proxies, and the name under which it is counted."""

import hashlib
from collections.abc import Sequence
from ipaddress import IPv6Network, ip_address

from pydantic import SecretStr
from starlette.requests import Request

from gateway.settings import Network, Settings


def identify_client(request: Request, settings: Settings) -> str:
    """Name a client by its API key if that is known, else by its address; the key itself is not kept."""
    key = request.headers.get("x-api-key")
    if key and SecretStr(key) in settings.api_keys:
        return f"key-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    peer = request.client.host if request.client else "unknown"
    return _network(_forwarded_for(peer, request.headers.getlist("x-forwarded-for"), settings.trusted_proxies))


def _network(client: str) -> str:
    """Take all addresses of an IPv6 subscriber (RFC 6177: a /64 at the least) for one client."""
    if not _is_address(client) or ip_address(client).version == 4:
        return client
    return str(IPv6Network((client.partition("%")[0], 64), strict=False))


def _forwarded_for(peer: str, headers: Sequence[str], trusted_proxies: Sequence[Network]) -> str:
    """Walk back from the peer as long as each hop is a proxy that is trusted to name the one before it."""
    hops = [hop.strip() for header in headers for hop in header.split(",")]
    client = peer
    while hops and _is_trusted(client, trusted_proxies) and _is_address(hops[-1]):
        client = hops.pop()
    return client


def _is_trusted(host: str, trusted_proxies: Sequence[Network]) -> bool:
    return _is_address(host) and any(ip_address(host) in network for network in trusted_proxies)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
