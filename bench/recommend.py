"""Start-up time, memory and latency of /recommend for a 640x480 JPEG.

Without --url the embedded server is started and measured from its process start; with it, a running one is asked.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from load.photo import photo
from support.server import free_port

GIVE_UP_S = 60


def ask(client: httpx.Client, image: bytes) -> float:
    """Return the seconds that one recommendation takes."""
    started = time.perf_counter()
    client.post("/recommend", files={"image": image}).raise_for_status()
    return time.perf_counter() - started


@contextmanager
def embedded(image: bytes) -> Iterator[str]:
    """Start the embedded server; print when its first answer came and what memory it holds when done."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("musicalface")), "serve", "--port", str(port)]
    environment = {**os.environ, "GATEWAY_RATE_LIMIT": "", "GATEWAY_LOG_LEVEL": "WARNING"}
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _first_answer(url, image)
            print(f"first answer after process start  {time.perf_counter() - started:8.2f} s")
            yield url
            print(f"resident memory                   {psutil.Process(process.pid).memory_info().rss / 2**20:8.0f} MiB")
        finally:
            process.terminate()


def _first_answer(url: str, image: bytes) -> None:
    give_up = time.monotonic() + GIVE_UP_S
    with httpx.Client(base_url=url, timeout=GIVE_UP_S) as client:
        while True:
            try:
                ask(client, image)
                return
            except httpx.ConnectError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.01)


def latency(url: str, image: bytes, requests: int) -> None:
    """Print median and 95th percentile of warm requests, one after the other."""
    with httpx.Client(base_url=url, timeout=GIVE_UP_S) as client:
        for _ in range(10):
            ask(client, image)
        seconds = [ask(client, image) for _ in range(requests)]
    print(f"/recommend, {requests} warm requests: median   {statistics.median(seconds) * 1000:8.1f} ms")
    print(f"                                  p95      {np.percentile(seconds, 95) * 1000:8.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running server, started with GATEWAY_RATE_LIMIT= (no rate limit)")
    parser.add_argument("--requests", type=int, default=200)
    options = parser.parse_args()
    image = photo()
    if options.url:
        latency(options.url, image, options.requests)
    else:
        with embedded(image) as url:
            latency(url, image, options.requests)


if __name__ == "__main__":
    main()
