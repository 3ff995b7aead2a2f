"""A real redis-server on a free loopback port. Tests can kill it and start it again."""

import shutil
import subprocess
import time
from types import TracebackType

import redis

from support.server import free_port


class RedisServer:
    """One redis-server process that writes nothing to disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """URL of database 0."""
        return f"redis://127.0.0.1:{self.port}/0"

    @staticmethod
    def available() -> bool:
        """Return whether redis-server is installed on this machine."""
        return shutil.which("redis-server") is not None

    def start(self) -> None:
        """Start the process and wait until it answers. Raises RuntimeError after 5 s."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.url) as client:
            for _ in range(500):
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    time.sleep(0.01)
        raise RuntimeError("redis-server did not start")

    def kill(self) -> None:
        """Kill the process without a shutdown, as in a crash. All keys are lost."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
