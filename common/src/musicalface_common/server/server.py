"""uvicorn with bounded connections, and with an end within seconds."""

import asyncio
import gc
import signal
import socket
import threading
from functools import partial
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from musicalface_common.limits.admission import Admission
from musicalface_common.server.protocol import BoundedProtocol

CHECK_SECONDS = 0.5
# All answers of an app have deadlines well below this. Docker kills a container 10 s after it was told to stop.
ANSWER_SECONDS = 6
STOP_SECONDS = 8


class Server(uvicorn.Server):
    """Serves an app. A signal to stop ends the process within STOP_SECONDS.

    Requests that have arrived are answered; so are those that arrive within the seconds that `protocol` grants.
    """

    def __init__(self, app: FastAPI, **options: Any) -> None:
        """Take an app that `assemble_app` made, and options of uvicorn.Config, such as `host` and `port`."""
        self._admission: Admission = app.state.admission
        # Apps configure logging themselves, and read a proxy's headers themselves.
        config = uvicorn.Config(
            app,
            http=partial(BoundedProtocol, admission=self._admission),  # type: ignore[arg-type]
            ws="none",
            lifespan=options.pop("lifespan", "on"),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=ANSWER_SECONDS,
            **options,
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if threading.current_thread() is threading.main_thread():
            # A full collection takes 0.15 s with what the start has loaded, and all connections wait for it.
            gc.collect()
            gc.freeze()
        self._checks = asyncio.create_task(self._check_connections())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._admission.stopping_since = asyncio.get_running_loop().time()
        await super().shutdown(sockets)
        self._checks.cancel()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if hasattr(signal, "alarm"):  # the system then ends the process, even where a library blocks the event loop
            signal.alarm(STOP_SECONDS)
        super().handle_exit(sig, frame)

    async def _check_connections(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            now = asyncio.get_running_loop().time()
            for connection in tuple(self.server_state.connections):
                if isinstance(connection, BoundedProtocol):
                    connection.close_if_overdue(now, self._admission.stopping_since)
