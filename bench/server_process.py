"""The face-emotion service as a user starts it, in a process of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import psutil
from support.server import free_port

GIVE_UP_S = 60
SERVE = [sys.executable, "-m", "uvicorn", "--factory", "face_emotion.app:create_app"]
# As musicalface_common.server has it.
OPTIONS = ["--no-access-log", "--no-server-header", "--no-proxy-headers"]


@dataclass(frozen=True)
class Service:
    """A running service on loopback."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the seconds of CPU that it has taken so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def face_service() -> Iterator[Service]:
    """Serve with the settings of the environment on a free port, until the block ends."""
    port = free_port()
    command = [*SERVE, *OPTIONS, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await_ready(port)
            yield Service(port, psutil.Process(process.pid))
        finally:
            process.terminate()


def _await_ready(port: int) -> None:
    give_up = time.monotonic() + GIVE_UP_S
    while True:
        try:
            httpx.get(f"http://127.0.0.1:{port}/health/ready").raise_for_status()
            return
        except httpx.HTTPError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
