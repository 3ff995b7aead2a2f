"""Cost of `POST /v1/faces` for a 640x480 JPEG, compared with the bare libraries and with the reference pipeline."""

import argparse
import base64
import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from bench.face.bare_libraries import BareLibraries
from bench.face.load_generator import faces_client
from bench.face.throughput import OK, Throughput, service_throughput, thread_throughput
from bench.face.timing import Seconds, Step, median_ratio, time_interleaved, timed
from bench.photo import photo
from bench.progress import progress
from bench.server_process import FACE_EMOTION, ServerProcess, server_process
from face_emotion.classifier import load_classifier
from face_emotion.crop.aligner import crop_faces
from face_emotion.detection.detector import load_detector
from face_emotion.image.decode import decode
from face_emotion.recognizer import FaceChoice, find_faces

CORES = os.cpu_count() or 1
CLIENTS = 16
MAX_TIME_RATIO = 1.3
MIN_RATE_RATIO = 0.85
REFERENCE = ("-m", "bench.face.reference_pipeline")


def service_steps(image: bytes) -> list[Step]:
    """Return the service's own steps for a photo, run in this process with the settings of its workers."""
    detector, classifier = load_detector(), load_classifier()
    rgb = decode(image)
    faces = find_faces(detector, rgb, FaceChoice.LARGEST)
    crops = crop_faces(rgb, faces)
    return [
        timed("service decode", lambda: decode(image)),
        timed("service detect", lambda: detector.largest(rgb)),
        timed("service crop", lambda: crop_faces(rgb, faces)),
        timed("service classify", lambda: classifier.scores(crops)),
    ]


@contextmanager
def reference_steps(python: Path, image: bytes) -> Iterator[list[Step]]:
    """Yield a list with the step of the reference pipeline, which runs under the training environment's Python.

    If that Python is missing or cannot run the pipeline, print the reason and yield an empty list.
    """
    if not python.is_file():
        print(f"the reference pipeline is skipped: there is no {python} (make test-training installs it)")
        yield []
        return
    command = [str(python), *REFERENCE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin and process.stdout
        requests, replies = process.stdin, process.stdout

        def step() -> Mapping[str, float]:
            requests.write(b"\n")
            requests.flush()
            return dict(json.loads(replies.readline()))

        with suppress(BrokenPipeError):
            requests.write(base64.b64encode(image) + b"\n")
            requests.flush()
        if replies.readline():
            yield [step]
        else:
            print(f"the reference pipeline is skipped: `{' '.join(command)}` fails")
            yield []


def print_one_client(server: ServerProcess, image: bytes, training: Path, rounds: int) -> None:
    """Print the cost of photos that are sent one after the other."""
    with faces_client(server.port, image) as call, reference_steps(training, image) as reference:
        http = timed("service whole call", call)
        parts = time_interleaved([BareLibraries(image), *service_steps(image), http, *reference], rounds)
    print(f"\none photo at a time, {rounds} interleaved rounds{'':2}median ms  p95 ms  / libraries")
    for name, seconds in sorted(parts.items()):
        print_part(name, seconds, parts["libraries"])
    ratio = median_ratio(parts["service whole call"], parts["libraries"])
    print(f"whole call / libraries: {ratio:.2f} (at most {MAX_TIME_RATIO})")
    if reference:
        print("the reference network has random weights here, which take the same time as trained ones")


def print_part(name: str, seconds: Seconds, baseline: Seconds) -> None:
    """Print one row: milliseconds of a part, and its ratio to the baseline."""
    p50, p95 = np.percentile(seconds * 1000, [50, 95])
    print(f"  {name:38}{p50:10.2f}{p95:8.2f}{median_ratio(seconds, baseline):13.2f}")


def print_many_clients(server: ServerProcess, image: bytes, rounds: int, seconds: float) -> None:
    """Print the service's photos per second under many clients, compared with one thread of bare libraries per core."""
    libraries = [BareLibraries(image) for _ in range(CORES)]
    pairs = [
        (thread_throughput(libraries, seconds), service_throughput(server, image, CLIENTS, seconds))
        for _ in progress(range(1 + rounds), "rounds of many clients")
    ][1:]  # the first round warms up
    bare, served = zip(*pairs, strict=True)
    print(f"\n{CLIENTS} clients on {CORES} cores, {rounds} alternating rounds of {seconds:g} s, medians of the rounds")
    print_throughput("bare libraries", bare)
    print_throughput("service", served)
    clients_cpu = median(each.clients_cpu / each.photos * 1000 for each in served)
    print(f"  clients{'':35}{clients_cpu:8.2f} ms of CPU per photo")
    print_answers([answer for each in served for answer in each.answers])
    measured = median(service.rate / threads.rate for threads, service in pairs)
    print(f"service / bare libraries, as measured: {measured:.2f}")
    corrected = median(service.rate_without_clients(CORES) / threads.rate for threads, service in pairs)
    print(f"service / bare libraries, without the clients' CPU: {corrected:.2f} (at least {MIN_RATE_RATIO})")


def print_throughput(name: str, rounds: Sequence[Throughput]) -> None:
    """Print one row: photos per second and CPU per photo."""
    rate, cpu = median(each.rate for each in rounds), median(each.cpu / each.photos * 1000 for each in rounds)
    print(f"  {name:20}{rate:10.1f} photos/s{'':4}{cpu:8.2f} ms of CPU per photo")


def print_answers(answers: Sequence[tuple[int, float]]) -> None:
    """Print the latency of the answers with status 200, and how many answers had each status."""
    p50, p99 = np.percentile([seconds * 1000 for status, seconds in answers if status == OK], [50, 99])
    statuses = ", ".join(f"{count} times {status}" for status, count in Counter(s for s, _ in answers).items())
    print(f"  latency: median {p50:.0f} ms, p99 {p99:.0f} ms; answers: {statuses}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.face", description=__doc__)
    training = Path(".venv-training/bin/python")
    parser.add_argument(
        "--training", type=Path, default=training, help="Python of the training environment (default: %(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=100, help="rounds of one photo at a time (default: %(default)s)")
    parser.add_argument("--load-rounds", type=int, default=5, help="rounds of many clients (default: %(default)s)")
    parser.add_argument(
        "--seconds", type=float, default=5, help="length of a round of many clients (default: %(default)s)"
    )
    options = parser.parse_args()
    cv2.setNumThreads(1)  # as in the service
    image = photo()
    with server_process(FACE_EMOTION) as server:
        server.wait_until_ready()
        print_one_client(server, image, options.training, options.rounds)
        print_many_clients(server, image, options.load_rounds, options.seconds)


if __name__ == "__main__":
    main()
