"""Serve one app of the house under uvicorn: `python -m musicalface_common.server PACKAGE.app:create_app`."""

import sys
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI


def serve(app: str | Callable[[], FastAPI], host: str, port: int) -> None:
    """Serve the app that this factory makes until it is told to stop. Logs are the app's own."""
    uvicorn.run(
        app,
        factory=True,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        # The gateway reads X-Forwarded-For itself, and only from proxies that its settings name.
        proxy_headers=False,
    )


if __name__ == "__main__":
    serve(sys.argv[1], "0.0.0.0", 8000)  # noqa: S104 - a container is reached from outside
