"""Clients of `POST /recommend`: one that keeps its connection, and many that never pause."""

import json
import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple

import httpx
from support.crowd import Answered

TIMEOUT_S = 60
NO_ANSWER = 0


class Rush(NamedTuple):
    """What many clients were answered, and the seconds that it took."""

    answers: list[Answered]
    seconds: float


@contextmanager
def recommend_client(port: int, image: bytes) -> Iterator["RecommendClient"]:
    """Open a client of a server on loopback."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)) as connection:
        yield RecommendClient(connection, image)


class RecommendClient:
    """Asks by one photo; its request is made beforehand, as little of the machine is a client's to take."""

    def __init__(self, connection: HTTPConnection, image: bytes) -> None:
        form = httpx.Request("POST", "http://localhost", files={"image": image})
        self._body = form.read()
        self._headers = {"Content-Type": form.headers["Content-Type"]}
        self._connection = connection

    def ask(self, wish: str) -> Answered:
        """Ask by the query string of a wish; a connection that broke is an answer of status NO_ANSWER."""
        started = time.perf_counter()
        try:
            self._connection.request("POST", f"/recommend?{wish}", self._body, self._headers)
            response = self._connection.getresponse()
            status, text = response.status, response.read()
        except (OSError, HTTPException):
            self._connection.close()  # the next request opens it again
            status, text = NO_ANSWER, b"{}"
        seconds = time.perf_counter() - started
        answer = json.loads(text)
        return Answered(status, seconds, answer.get("degraded", []), len(answer.get("tracks", [])))


def rush(port: int, image: bytes, clients: int, seconds: float) -> Rush:
    """Let clients, in a process of their own, ask for any songs without a pause."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        return apart.submit(_rush, port, image, clients, seconds).result()


def _rush(port: int, image: bytes, clients: int, seconds: float) -> Rush:
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        asking = [threads.submit(_ask_until, started + seconds, port, image) for _ in range(clients)]
    elapsed = time.perf_counter() - started
    return Rush([answer for each in asking for answer in each.result()], elapsed)


def _ask_until(until: float, port: int, image: bytes) -> list[Answered]:
    met = []
    with recommend_client(port, image) as client:
        while time.perf_counter() < until:
            met.append(client.ask(""))
    return met
