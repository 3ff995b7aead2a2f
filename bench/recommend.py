"""Start-up time, memory and latency of `POST /recommend` for a 640x480 JPEG.

Without --url, the embedded server is started and measured from its process start. With --url, a running server is
measured.
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import numpy as np

from bench.photo import photo
from bench.progress import progress
from bench.server_process import MUSICALFACE, START_SECONDS, ServerProcess, server_process

WARM_UP = 10
SETTINGS = {"GATEWAY_RATE_LIMIT": "", "GATEWAY_LOG_LEVEL": "WARNING"}


def request_seconds(client: httpx.Client, image: bytes) -> float:
    """Return the seconds that one recommendation takes."""
    started = time.perf_counter()
    client.post("/recommend", files={"image": image}).raise_for_status()
    return time.perf_counter() - started


@contextmanager
def embedded_server(image: bytes) -> Iterator[str]:
    """Start the embedded server and yield its URL. Print the time to its first answer, and its memory at the end."""
    started = time.perf_counter()
    with server_process(MUSICALFACE, SETTINGS) as server:
        _await_first_answer(server, image)
        print(f"first answer after process start  {time.perf_counter() - started:8.2f} s")
        yield server.url
        print(f"resident memory                   {server.resident_mib:8.0f} MiB")


def _await_first_answer(server: ServerProcess, image: bytes) -> None:
    give_up = time.monotonic() + START_SECONDS
    with httpx.Client(base_url=server.url, timeout=START_SECONDS) as client:
        while True:
            try:
                request_seconds(client, image)
                return
            except httpx.ConnectError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.01)


def print_latency(url: str, image: bytes, requests: int) -> None:
    """Print median and 95th percentile of warm requests, sent one after the other."""
    with httpx.Client(base_url=url, timeout=START_SECONDS) as client:
        for _ in range(WARM_UP):
            request_seconds(client, image)
        seconds = [request_seconds(client, image) for _ in progress(range(requests), "requests")]
    print(f"/recommend, {requests} warm requests: median   {statistics.median(seconds) * 1000:8.1f} ms")
    print(f"                                  p95      {np.percentile(seconds, 95) * 1000:8.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.recommend", description=__doc__)
    parser.add_argument("--url", help="a running server, started with GATEWAY_RATE_LIMIT= (no rate limit)")
    parser.add_argument("--requests", type=int, default=200, help="requests to measure (default: %(default)s)")
    options = parser.parse_args()
    image = photo()
    if options.url:
        print_latency(options.url, image, options.requests)
    else:
        with embedded_server(image) as url:
            print_latency(url, image, options.requests)


if __name__ == "__main__":
    main()
