"""Clients of `POST /recommend`: one that keeps its connection, and many that send without a pause."""

import json
import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple

import httpx
from support.traffic import TimedAnswer

TIMEOUT_SECONDS = 60
NO_ANSWER = 0


class LoadTest(NamedTuple):
    """The answers that many clients got, and the seconds that passed."""

    answers: list[TimedAnswer]
    seconds: float


@contextmanager
def recommend_client(port: int, image: bytes) -> Iterator["RecommendClient"]:
    """Open a client of a server on loopback, and close its connection after the block."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)) as connection:
        yield RecommendClient(connection, image)


class RecommendClient:
    """Sends one photo again and again. The request is prepared once, so that the client uses little CPU."""

    def __init__(self, connection: HTTPConnection, image: bytes) -> None:
        form = httpx.Request("POST", "http://localhost", files={"image": image})
        self._body = form.read()
        self._headers = {"Content-Type": form.headers["Content-Type"]}
        self._connection = connection

    def recommend(self, query: str) -> TimedAnswer:
        """Send the photo with a query string. A connection that breaks gives an answer with status NO_ANSWER."""
        started = time.perf_counter()
        try:
            self._connection.request("POST", f"/recommend?{query}", self._body, self._headers)
            response = self._connection.getresponse()
            status, text = response.status, response.read()
        except (OSError, HTTPException):
            self._connection.close()  # the next request opens it again
            status, text = NO_ANSWER, b"{}"
        seconds = time.perf_counter() - started
        body = json.loads(text)
        return TimedAnswer(status, seconds, body.get("degraded", []), len(body.get("tracks", [])))


def run_load_test(port: int, image: bytes, clients: int, seconds: float) -> LoadTest:
    """Run clients that send without a pause, in a process of their own, for some seconds."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(_load_test, port, image, clients, seconds).result()


def _load_test(port: int, image: bytes, clients: int, seconds: float) -> LoadTest:
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        running = [threads.submit(_send_until, started + seconds, port, image) for _ in range(clients)]
    elapsed = time.perf_counter() - started
    return LoadTest([answer for each in running for answer in each.result()], elapsed)


def _send_until(end: float, port: int, image: bytes) -> list[TimedAnswer]:
    answers = []
    with recommend_client(port, image) as client:
        while time.perf_counter() < end:
            answers.append(client.recommend(""))
    return answers
