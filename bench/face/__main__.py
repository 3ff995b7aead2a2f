"""What `POST /v1/faces` costs for a 640x480 JPEG, beside the bare libraries and beside the original's way."""

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
from load.clients import faces_call
from load.floor import Floor
from load.photo import photo
from load.rush import OK, Rush, bare_rush, service_rush
from load.service import Service, face_service
from load.turns import Seconds, Step, median_ratio, take_turns, timed

from face_emotion.aligner import crop_faces
from face_emotion.classifier import load_classifier
from face_emotion.detector import load_detector
from face_emotion.image import decode
from face_emotion.recognizer import FaceChoice, find_faces

CORES = os.cpu_count() or 1
CLIENTS = 16
CALL_AT_MOST = 1.3
RATE_AT_LEAST = 0.85


def service_steps(image: bytes) -> list[Step]:
    """Make the steps of the service's own way with a photo, run here as its workers run them."""
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
def original_steps(python: Path, image: bytes) -> Iterator[list[Step]]:
    """Make the step of the original's way, which runs in the training environment; none where there is none."""
    command = [str(python), str(Path(__file__).with_name("original.py"))]
    if not python.is_file():
        print(f"the original's way is skipped: there is no {python} (make test-training installs it)")
        yield []
        return
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin and process.stdout
        questions, answers = process.stdin, process.stdout

        def step() -> Mapping[str, float]:
            questions.write(b"\n")
            questions.flush()
            return dict(json.loads(answers.readline()))

        with suppress(BrokenPipeError):
            questions.write(base64.b64encode(image) + b"\n")
            questions.flush()
        if answers.readline():
            yield [step]
        else:
            print(f"the original's way is skipped: {python} cannot run tests/load/original.py")
            yield []


def one_call(service: Service, image: bytes, training: Path, rounds: int) -> None:
    """Print what one photo costs, one after the other."""
    with faces_call(service.port, image) as call, original_steps(training, image) as original:
        http = timed("service whole call", call)
        parts = take_turns([Floor(image), *service_steps(image), http, *original], rounds)
    print(f"\none photo at a time, {rounds} rounds in turns{'':5}median ms  p95 ms  of the floor")
    for name, seconds in sorted(parts.items()):
        print_part(name, seconds, parts["floor"])
    ratio = median_ratio(parts["service whole call"], parts["floor"])
    print(f"whole call / floor: {ratio:.2f} (at most {CALL_AT_MOST})")
    if original:
        print("the original's network has random weights here, which cost the same time")


def print_part(name: str, seconds: Seconds, floor: Seconds) -> None:
    median, p95 = np.percentile(seconds * 1000, [50, 95])
    print(f"  {name:38}{median:10.2f}{p95:8.2f}{median_ratio(seconds, floor):14.2f}")


def under_load(service: Service, image: bytes, rounds: int, seconds: float) -> None:
    """Print what many clients get at once, beside a bare thread a core."""
    floors = [Floor(image) for _ in range(CORES)]
    turns = [
        (bare_rush(floors, seconds), service_rush(service, image, CLIENTS, seconds))
        for _ in range(1 + rounds)  # the first warms up
    ][1:]
    bare, served = zip(*turns, strict=True)
    print(f"\n{CLIENTS} clients on {CORES} cores, {rounds} rounds of {seconds:g} s in turns, medians of the rounds")
    print_rush("bare threads", bare)
    print_rush("service", served)
    clients_cpu = median(rush.clients_cpu / rush.photos * 1000 for rush in served)
    print(f"  clients{'':35}{clients_cpu:8.2f} ms of CPU a photo")
    print_answers([answer for rush in served for answer in rush.answers])
    print(f"service / bare threads, as measured: {median(rush.rate / floor.rate for floor, rush in turns):.2f}")
    alone = median(rush.rate_alone(CORES) / floor.rate for floor, rush in turns)
    print(f"service / bare threads, clients' CPU given back: {alone:.2f} (at least {RATE_AT_LEAST})")


def print_rush(name: str, rushes: Sequence[Rush]) -> None:
    rate, cpu = median(rush.rate for rush in rushes), median(rush.cpu / rush.photos * 1000 for rush in rushes)
    print(f"  {name:20}{rate:10.1f} photos/s{'':4}{cpu:8.2f} ms of CPU a photo")


def print_answers(answers: Sequence[tuple[int, float]]) -> None:
    p50, p99 = np.percentile([seconds * 1000 for status, seconds in answers if status == OK], [50, 99])
    statuses = ", ".join(f"{count} times {status}" for status, count in Counter(s for s, _ in answers).items())
    print(f"  latency: median {p50:.0f} ms, p99 {p99:.0f} ms; answers: {statuses}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--training", type=Path, default=Path(".venv-training/bin/python"), help="its Python")
    parser.add_argument("--rounds", type=int, default=100, help="rounds of one photo at a time")
    parser.add_argument("--rushes", type=int, default=5, help="rounds of many clients")
    parser.add_argument("--seconds", type=float, default=5, help="length of a round of many clients")
    options = parser.parse_args()
    cv2.setNumThreads(1)  # as in the service
    image = photo()
    with face_service() as service:
        one_call(service, image, options.training, options.rounds)
        under_load(service, image, options.rushes, options.seconds)


if __name__ == "__main__":
    main()
