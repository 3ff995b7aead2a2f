"""What decoding costs: the processor time and the memory of the most expensive pictures that are read."""

import multiprocessing
import re
import time
from pathlib import Path
from typing import NamedTuple

from support.costly_pictures import READ, REFUSED

from bench.progress import progress
from face_emotion.image.decode import decode
from musicalface_common.errors import Problem


class Cost(NamedTuple):
    """The size of a picture in bytes, and what decoding takes: seconds of one core, and bytes of memory at the peak."""

    size: int
    seconds: float
    memory: int
    answer: str


def cost(data: bytes) -> Cost:
    """Decode a picture, and measure that. The peak is right in a process that has decoded nothing before."""
    before, started = _peak(), time.thread_time()
    try:
        height, width = decode(data).shape[:2]
        answer = f"{height * width / 1e6:.1f} megapixels"
    except Problem as problem:
        answer = problem.detail
    return Cost(len(data), time.thread_time() - started, _peak() - before, answer)


def _peak() -> int:
    """Return the peak of this process. `getrusage` would return that of the process which started it, if higher."""
    [kilobytes] = re.findall(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return int(kilobytes) * 1024


def main() -> None:
    """Print a row for each picture, each from a process of its own."""
    print(f"{'':44}{'MB sent':>8}{'ms':>7}{'MB':>6}")
    processes = multiprocessing.get_context("spawn")
    pictures = READ | {name: make for name, (make, _) in REFUSED.items()}
    for name in progress([*pictures], "pictures"):
        with processes.Pool(1) as pool:
            row = pool.apply(cost, (pictures[name](),))
        print(f"{name:44}{row.size / 1e6:8.2f}{1000 * row.seconds:7.0f}{row.memory / 1e6:6.0f}  {row.answer}")


if __name__ == "__main__":
    main()
