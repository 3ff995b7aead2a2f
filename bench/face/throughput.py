"""As many photos as will go through in some seconds: bare threads, and clients of the service."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from load.service import Service

OK = 200


@dataclass(frozen=True)
class Rush:
    """How many photos went through in `seconds`, and the seconds of CPU that it took of the service and its clients."""

    photos: int
    seconds: float
    cpu: float
    clients_cpu: float = 0.0
    answers: Sequence[tuple[int, float]] = field(default=(), repr=False)

    @property
    def rate(self) -> float:
        """Photos a second."""
        return self.photos / self.seconds

    def rate_alone(self, cores: int) -> float:
        """Return the rate, had the clients taken nothing of the cores."""
        return self.rate / (1 - self.clients_cpu / (self.seconds * cores))


def bare_rush(calls: Sequence[Callable[[], object]], seconds: float) -> Rush:
    """Repeat each call in a thread of its own."""
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
    return Rush(sum(counts), time.perf_counter() - started, time.process_time() - cpu)


def service_rush(service: Service, image: bytes, clients: int, seconds: float) -> Rush:
    """Let clients, in a process of their own, ask without a pause."""
    command = [sys.executable, "-m", "load.clients", str(service.port), str(clients), str(seconds)]
    cpu = service.cpu_seconds()
    met = json.loads(subprocess.run(command, input=image, stdout=subprocess.PIPE, check=True).stdout)
    photos = sum(status == OK for status, _ in met["answers"])
    return Rush(photos, met["seconds"], service.cpu_seconds() - cpu, met["cpu_seconds"], met["answers"])
