"""A server in a process of its own, as containers and the command line start it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from support.server import free_port
from support.waiting import wait_until

START_SECONDS = 60
CONTAINER = ("musicalface_common.server", "--host", "127.0.0.1")
TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class RunningServer:
    """A server that answers."""

    url: str
    process: subprocess.Popen[bytes]

    def seconds_to_stop(self) -> float:
        """Send SIGTERM and return the seconds until the process is gone. Raises TimeoutExpired after 20 s."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.monotonic() - started


@contextmanager
def running(command: Sequence[str], **settings: str) -> Iterator[RunningServer]:
    """Run `python -m COMMAND --port PORT` with these environment variables, and kill it after the block."""
    port = free_port()
    environment = {**os.environ, **settings}
    environment["PYTHONPATH"] = os.pathsep.join([str(TESTS), *sys.path])
    with subprocess.Popen([sys.executable, "-m", *command, "--port", str(port)], env=environment) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until(lambda: _is_ready(url), START_SECONDS)
            yield RunningServer(url, process)
        finally:
            process.kill()


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready").is_success
    except httpx.HTTPError:
        return False
