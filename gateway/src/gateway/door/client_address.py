"""The address of a request's client, also behind proxies, and the name by which the rate limit counts the client."""

import hashlib
from collections.abc import Collection, Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from pydantic import SecretStr
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from gateway.settings import Network
from musicalface_common.limits.connections import subscriber


def trust_proxies(proxies: Sequence[Network]) -> Middleware:
    """Make the middleware that reads the client's address and scheme from the headers that these proxies send.

    The headers are X-Forwarded-For and X-Forwarded-Proto. The address is the last one in X-Forwarded-For that is not a
    trusted proxy, or the first one if all are trusted proxies. It may have a port.
    """
    return Middleware(ProxyHeadersMiddleware, trusted_hosts=_names(proxies))


def identify_client(request: Request, api_keys: Collection[SecretStr]) -> str:
    """Return the name by which a client is counted: a hash of its API key if the key is known, else its address."""
    key = request.headers.get("x-api-key")
    if key and SecretStr(key) in api_keys:
        return f"key-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    return subscriber(request.client.host if request.client else None)


class ClientNames:
    """Names the client of a request before any middleware has run. Call it with the request's scope."""

    def __init__(self, proxies: Sequence[Network], api_keys: Collection[SecretStr]) -> None:
        self._proxies = proxies
        self._api_keys = api_keys
        self._read_proxy_headers: Any = ProxyHeadersMiddleware(_do_nothing, _names(proxies))

    def __call__(self, scope: Scope) -> str:
        read = dict(scope)
        with suppress(StopIteration):  # the middleware waits for nothing: one step runs all of it
            self._read_proxy_headers(read, None, None).send(None)
        return identify_client(Request(read), self._api_keys)

    def is_proxy(self, host: str) -> bool:
        """Return whether many clients connect from this address."""
        return any(ip_address(host) in network for network in self._proxies)


def _names(proxies: Sequence[Network]) -> list[str]:
    return [str(network) for network in proxies]


async def _do_nothing(scope: Any, receive: Any, send: Any) -> None:
    return
