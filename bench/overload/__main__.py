"""Answers of `POST /recommend`, and refusals, when few or many clients send the astronaut's photo without a pause.

The embedded server is bound to one core, and the clients are bound to another. All times count from the last byte of a
request. A refused client sends again at once, or waits for the seconds of Retry-After.
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import product

from support.photos import astronaut_pixels, encode

from bench.overload.clients import api_key, run_clients
from bench.overload.report import Measurement, print_head, print_row
from bench.server_process import MUSICALFACE, ServerProcess, server_process

WARM_UP_SECONDS = 3
QUIET_SECONDS = 2


@contextmanager
def pinned_server(core: int, clients: int, settings: dict[str, str]) -> Iterator[ServerProcess]:
    """Start the embedded server on one core, without a rate limit, for clients that each have an API key."""
    keys = ",".join(map(api_key, range(clients)))
    defaults = {"GATEWAY_RATE_LIMIT": "", "GATEWAY_LOG_LEVEL": "WARNING", "GATEWAY_API_KEYS": keys}
    with server_process(MUSICALFACE, defaults | settings) as server:
        server.process.cpu_affinity([core])  # before the server starts its threads
        server.wait_until_ready()
        yield server


def measure(server: ServerProcess, image: bytes, clients: int, seconds: float, heed: bool) -> Measurement:
    """Run the clients in a process of their own, on this process's core. Leave out the answers of the warm-up."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        run = process.submit(run_clients, server.port, image, clients, seconds + WARM_UP_SECONDS, heed)
        time.sleep(WARM_UP_SECONDS)
        start, cpu = time.monotonic(), server.cpu_seconds
        time.sleep(seconds)
        end, cpu = time.monotonic(), server.cpu_seconds - cpu
        return Measurement([answer for answer in run.result() if start < answer.at <= end], end - start, cpu)


def read_server(text: str) -> tuple[str, dict[str, str]]:
    """Read `NAME` or `NAME:VARIABLE=VALUE,VARIABLE=VALUE`."""
    name, _, settings = text.partition(":")
    return name, dict(part.split("=", 1) for part in settings.split(",") if part)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.overload", description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[16, 256], help="default: %(default)s")
    parser.add_argument("--seconds", type=float, default=20, help="length of one measurement (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1, help="rounds over all servers (default: %(default)s)")
    parser.add_argument(
        "--server",
        nargs="+",
        default=["default"],
        help="servers to compare: NAME, or NAME:VARIABLE=VALUE,… with settings (default: %(default)s)",
    )
    options = parser.parse_args()
    clients_core, server_core = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, [clients_core])
    image = encode(astronaut_pixels(), quality=92)
    print_head()
    for _, server in product(range(options.rounds), options.server):
        name, settings = read_server(server)
        with pinned_server(server_core, max(options.clients), settings) as running:
            for clients, heed in product(options.clients, [True, False]):
                print_row(name, clients, heed, measure(running, image, clients, options.seconds, heed))
                time.sleep(QUIET_SECONDS)


if __name__ == "__main__":
    main()
