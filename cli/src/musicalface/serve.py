"""`musicalface serve`: the embedded app under uvicorn."""

import socket

import typer

from musicalface.embedded import create_embedded_app
from musicalface.failure import fail
from musicalface_common.server.server import Server


def serve(host: str, port: int) -> None:
    """Serve until interrupted. If the port is in use or the app cannot start, end the command with exit code 1."""
    listener = _listen(host, port)
    typer.echo(f"musicalface: starting on {_url(host, listener)} (its pages: {_url(host, listener)}/docs)", err=True)
    server = Server(create_embedded_app())
    server.run(sockets=[listener])
    if not server.started:
        fail("the app could not start; the reason is in the log above")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        fail(f"cannot listen on {host} port {port}: {error.strerror or error}")
    # asyncio sets this only on sockets that it creates. Without it, each response waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _url(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"
