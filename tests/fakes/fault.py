"""Faults that a fake injects into its answers over HTTP."""

import asyncio
import socket
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive, Send

NO_LINGER = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class Fault:
    """How the next calls of a service fail.

    `status`: answer with this status, the service's own error JSON (or `body`) and these `headers`.
    `delay`: wait for these seconds first. `reset`: close the connection with RST and do not answer.
    `broken_json`: send half of the body of a correct answer.
    `times`: number of calls that fail; None for all. `routes`: the routes that fail; None for all.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    delay: float = 0.0
    reset: bool = False
    broken_json: bool = False
    times: int | None = None
    routes: Collection[str] | None = None

    def hits(self, route: str) -> bool:
        """Return whether this call fails, and count it against `times`."""
        if self.routes is not None and route not in self.routes:
            return False
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0


async def client_stays(receive: Receive, seconds: float) -> bool:
    """Wait for these seconds and return True, or return False as soon as the client disconnects.

    The caller must have read the request's body.
    """
    if not seconds:
        return True
    try:
        async with asyncio.timeout(seconds):
            await receive()
    except TimeoutError:
        return True
    return False


async def reset_connection(receive: Receive, send: Send) -> None:
    """Close the connection with RST. Both arguments must be uvicorn's own callables, which hold its transport."""
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()
    await receive()
