"""How many connections may be open: in all, and from one address."""

from collections import Counter
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Network, ip_address

# All senders without a valid address share one limit. Else each invalid value that a proxy forwards would get its own.
UNKNOWN_CLIENT = "unknown"
# An IPv6 subscriber gets a /64 network at least (RFC 6177).
SUBSCRIBER_PREFIX = 64


def subscriber(host: str | None) -> str:
    """Return an IPv4 address as it is, the subscriber's network of an IPv6 address, and `unknown` for anything else."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return UNKNOWN_CLIENT
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((int(address), SUBSCRIBER_PREFIX), strict=False))


class Connections:
    """Counts open connections. One address may hold half of them, unless `is_shared` says that many clients use it."""

    def __init__(self, most: int, is_shared: Callable[[str], bool]) -> None:
        self._most = most
        self._is_shared = is_shared
        self._open: Counter[str] = Counter()

    def enter(self, host: str | None) -> bool:
        """Count a new connection. Return False, and do not count it, if there are too many."""
        client = subscriber(host)
        if self._open.total() >= self._most or self._open[client] >= self._most_of(host):
            return False
        self._open[client] += 1
        return True

    def leave(self, host: str | None) -> None:
        """Stop counting a connection that `enter` counted."""
        client = subscriber(host)
        self._open[client] -= 1
        if not self._open[client]:
            del self._open[client]

    def _most_of(self, host: str | None) -> int:
        # A Unix socket has no addresses.
        return self._most if host is None or self._is_shared(host) else max(1, self._most // 2)
