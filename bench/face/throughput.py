"""Photos per second: of the bare libraries in threads, and of the service under many clients."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.server_process import ServerProcess

OK = 200


@dataclass(frozen=True)
class Throughput:
    """Photos that were finished in `seconds`, and the seconds of CPU that the server and its clients used."""

    photos: int
    seconds: float
    cpu: float
    clients_cpu: float = 0.0
    answers: Sequence[tuple[int, float]] = field(default=(), repr=False)

    @property
    def rate(self) -> float:
        """Photos per second."""
        return self.photos / self.seconds

    def rate_without_clients(self, cores: int) -> float:
        """Return the photos per second that the server would reach if its clients used no CPU."""
        return self.rate / (1 - self.clients_cpu / (self.seconds * cores))


def thread_throughput(calls: Sequence[Callable[[], object]], seconds: float) -> Throughput:
    """Repeat each call in a thread of its own for some seconds. A call processes one photo."""
    counts = [0] * len(calls)
    cpu, started = time.process_time(), time.perf_counter()

    def work(index: int) -> None:
        while time.perf_counter() < started + seconds:
            calls[index]()
            counts[index] += 1

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Throughput(sum(counts), time.perf_counter() - started, time.process_time() - cpu)


def service_throughput(server: ServerProcess, image: bytes, clients: int, seconds: float) -> Throughput:
    """Run clients that send without a pause, in a process of their own, for some seconds."""
    command = [sys.executable, "-m", "bench.face.load_generator", str(server.port), str(clients), str(seconds)]
    cpu = server.cpu_seconds
    load = json.loads(subprocess.run(command, input=image, stdout=subprocess.PIPE, check=True).stdout)
    photos = sum(status == OK for status, _ in load["answers"])
    return Throughput(photos, load["seconds"], server.cpu_seconds - cpu, load["cpu_seconds"], load["answers"])
