"""A real server in a thread, on a free loopback port."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from musicalface_common.server.server import Server

START_SECONDS = 30


def free_port() -> int:
    """Return a loopback port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(app: ASGIApp, lifespan: Literal["on", "off"] = "on") -> Iterator[str]:
    """Serve an app in a thread and yield its base URL. With lifespan `off` the app's own start is skipped.

    An app of the house is served as in production, and a fake by uvicorn. Raises RuntimeError if it does not start.
    """
    port = free_port()
    server = _server(app, host="127.0.0.1", port=port, lifespan=lifespan)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _await_start(server, thread)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)


def _server(app: ASGIApp, **options: Any) -> uvicorn.Server:
    if isinstance(app, FastAPI) and hasattr(app.state, "admission"):
        return Server(app, **options)
    return uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, proxy_headers=False, **options))


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    give_up = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > give_up:
            raise RuntimeError("the app under test did not start")
        time.sleep(0.01)
