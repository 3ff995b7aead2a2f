"""A server of this repository in a process of its own, on a free loopback port."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import psutil
from support.server import free_port
from support.waiting import wait_until

START_SECONDS = 60
MUSICALFACE = ("musicalface", "serve")
FACE_EMOTION = ("musicalface_common.server", "face_emotion.app:create_app", "--host", "127.0.0.1")


@dataclass(frozen=True)
class ServerProcess:
    """A server that was started; it may not answer yet."""

    port: int
    process: psutil.Process

    @property
    def url(self) -> str:
        """Base URL of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu_seconds(self) -> float:
        """Seconds of CPU that the process has used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def resident_mib(self) -> float:
        """Resident memory of the process in MiB."""
        return float(self.process.memory_info().rss / 2**20)

    def wait_until_ready(self) -> None:
        """Wait until `/health/ready` answers 200. Raises AssertionError after START_SECONDS."""
        wait_until(self._is_ready, START_SECONDS)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready").is_success
        except httpx.HTTPError:
            return False


@contextmanager
def server_process(module: Sequence[str], settings: Mapping[str, str] | None = None) -> Iterator[ServerProcess]:
    """Run `python -m MODULE --port PORT` with these environment variables added; terminate it after the block."""
    port = free_port()
    command = [sys.executable, "-m", *module, "--port", str(port)]
    environment = {**os.environ, **(settings or {})}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield ServerProcess(port, psutil.Process(process.pid))
        finally:
            process.terminate()
