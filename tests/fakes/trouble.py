"""What can go wrong with a service over HTTP."""

import asyncio
import socket
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive, Send

NO_LINGER = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class Trouble:
    """What befalls the next calls of a service.

    `status` answers by the service's own error JSON for it (`body` where given) with `headers` added; `delay` (seconds)
    comes before whatever follows; `reset` ends the connection with RST and no answer; `broken_json` sends half of a
    right answer's body. It befalls so many `times`, for good if None, and calls of these `routes`, of all if None.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    delay: float = 0.0
    reset: bool = False
    broken_json: bool = False
    times: int | None = None
    routes: Collection[str] | None = None

    def befalls(self, route: str) -> bool:
        """Tell whether it befalls this call, and count it."""
        if self.routes is not None and route not in self.routes:
            return False
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0


async def client_stays(receive: Receive, seconds: float) -> bool:
    """Wait so long, or until the client goes; tell whether it is still there. The body must be read before."""
    if not seconds:
        return True
    try:
        async with asyncio.timeout(seconds):
            await receive()
    except TimeoutError:
        return True
    return False


async def reset_connection(receive: Receive, send: Send) -> None:
    """End the connection with RST; both callables are uvicorn's own, which know its transport."""
    transport: asyncio.Transport = send.__self__.transport  # type: ignore[attr-defined]
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()
    await receive()
