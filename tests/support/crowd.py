"""Clients that go on asking while something happens to what they ask."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

CLIENTS = 4
# Clients on one machine wait a little for their turn, the server's own clock aside.
SCHEDULING_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, and how long it took."""

    status: int
    seconds: float
    degraded: list[str]
    tracks: int


@dataclass
class Crowd:
    """What a crowd was answered so far."""

    answers: list[Answered] = field(default_factory=list)

    def since(self, start: int) -> list[Answered]:
        """The answers after the first so many."""
        return self.answers[start:]

    def assert_served(self, within: float) -> None:
        """Assert that every request had its songs in time."""
        assert self.answers
        assert {answer.status for answer in self.answers} == {200}
        assert min(answer.tracks for answer in self.answers) > 0
        assert max(answer.seconds for answer in self.answers) < within + SCHEDULING_SECONDS


@contextmanager
def crowd(base_url: str, deadline_ms: int, clients: int = CLIENTS) -> Iterator[Crowd]:
    """Ask for songs, each time by another filter, from several threads for as long as the block lasts."""
    asked, over = Crowd(), threading.Event()
    threads = [
        threading.Thread(target=_ask, args=(base_url, deadline_ms, number, asked, over)) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        yield asked
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _ask(base_url: str, deadline_ms: int, number: int, asked: Crowd, over: threading.Event) -> None:
    headers = {"x-deadline-ms": str(deadline_ms)}
    with httpx.Client(base_url=base_url, headers=headers, timeout=30) as client:
        while not over.is_set():
            number += 1
            started = time.monotonic()
            answer = client.post("/v1/recommendations", json=_wish(number))
            body = answer.json()
            seconds = time.monotonic() - started
            asked.answers.append(
                Answered(answer.status_code, seconds, body.get("degraded", []), len(body.get("tracks", [])))
            )


def _wish(number: int) -> dict[str, Any]:
    scores = {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}
    return {"mood": "happy", "scores": scores, "limit": 5, "filters": {"year_from": 1900 + number % 60}}
