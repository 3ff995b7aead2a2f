"""Clients that send requests to a recommender while a test breaks something."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

CLIENTS = 4
# Clients on one machine also wait for the CPU, which the server's deadline does not count.
SCHEDULING_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class TimedAnswer:
    """Status and contents of one answer, and the seconds until it came."""

    status: int
    seconds: float
    degraded: list[str]
    tracks: int


@dataclass
class Traffic:
    """The answers that all clients got so far, in the order of their arrival."""

    answers: list[TimedAnswer] = field(default_factory=list)

    def since(self, start: int) -> list[TimedAnswer]:
        """Return the answers from index `start` on."""
        return self.answers[start:]

    def assert_served(self, within: float) -> None:
        """Assert that every answer has status 200 and at least one song, and came within these seconds."""
        assert self.answers
        assert {answer.status for answer in self.answers} == {200}
        assert min(answer.tracks for answer in self.answers) > 0
        assert max(answer.seconds for answer in self.answers) < within + SCHEDULING_SECONDS


@contextmanager
def traffic(base_url: str, deadline_ms: int, clients: int = CLIENTS) -> Iterator[Traffic]:
    """Request songs from several threads during the block, each time with another filter."""
    sent, over = Traffic(), threading.Event()
    threads = [
        threading.Thread(target=_send, args=(base_url, deadline_ms, number, sent, over)) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _send(base_url: str, deadline_ms: int, number: int, sent: Traffic, over: threading.Event) -> None:
    headers = {"x-deadline-ms": str(deadline_ms)}
    with httpx.Client(base_url=base_url, headers=headers, timeout=30) as client:
        while not over.is_set():
            number += 1
            started = time.monotonic()
            answer = client.post("/v1/recommendations", json=_query(number))
            body = answer.json()
            seconds = time.monotonic() - started
            sent.answers.append(
                TimedAnswer(answer.status_code, seconds, body.get("degraded", []), len(body.get("tracks", [])))
            )


def _query(number: int) -> dict[str, Any]:
    scores = {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}
    return {"mood": "happy", "scores": scores, "limit": 5, "filters": {"year_from": 1900 + number % 60}}
