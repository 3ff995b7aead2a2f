"""The measured scenarios, in which Spotify or Redis fails, and how each is measured."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import pairwise

from support.traffic import TimedAnswer
from support.waiting import wait_until

from bench.photo import photo
from bench.providers.load_generator import LoadTest, RecommendClient, recommend_client, run_load_test
from bench.providers.system import System

CLIENTS = 16
NETWORK_SECONDS = 0.1
SLOW_SECONDS = 2.0
# Longer than a scenario takes.
RETRY_AFTER = {"Retry-After": "600"}
# Lists with YouTube links use neither Spotify nor the cache of Spotify's links.
WARM_UP = ["provider=youtube"] * 5
WARM_CACHE_SECONDS = 60

# Starts a system, with credentials for Spotify or without.
StartSystem = Callable[[bool], AbstractContextManager[System]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation to measure. `break_it` causes the fault. `warm`: all lists are requested once before the fault."""

    name: str
    break_it: Callable[[System], None] = lambda _: None
    credentials: bool = True
    warm: bool = False


@dataclass(slots=True)
class Measurement:
    """Answers of one scenario, and the number of calls to Spotify meanwhile."""

    answers: list[TimedAnswer] = field(default_factory=list)
    calls: int = 0


@dataclass(frozen=True, slots=True)
class LoadMeasurement:
    """The calls to Spotify for the first lists and for as many lists after them, and the load test that follows."""

    calls_cold: int
    calls_warm: int
    load: LoadTest


def scenarios() -> list[Scenario]:
    """Return all scenarios, the two without credentials first: they are the baseline of the others."""
    return [
        Scenario("no credentials, cold", credentials=False),
        Scenario("no credentials, warm", credentials=False, warm=True),
        Scenario("cold cache"),
        Scenario(f"cold cache, Spotify takes {NETWORK_SECONDS:g} s", _spotify_takes(NETWORK_SECONDS)),
        Scenario("warm cache", warm=True),
        Scenario("Redis gone, memory cold", lambda system: system.redis.kill()),
        Scenario("Redis gone, memory warm", lambda system: system.redis.kill(), warm=True),
        Scenario(f"Spotify slow ({SLOW_SECONDS:g} s), cold", _spotify_takes(SLOW_SECONDS)),
        Scenario("Spotify answers 429, cold", _spotify_limits),
    ]


class Bench:
    """Measures scenarios with one photo. Each measurement starts a new system."""

    def __init__(self, start_system: StartSystem, queries: Sequence[str]) -> None:
        self._start_system = start_system
        self._queries = queries
        self._image = photo()

    def measure(self, scenario: Scenario, measurement: Measurement) -> None:
        """Request each list once with one client, and add the answers to the measurement."""
        with (
            self._start_system(scenario.credentials) as system,
            recommend_client(system.port, self._image) as client,
        ):
            _request_all(client, WARM_UP)
            if scenario.warm:
                wait_until(lambda: all(map(_is_resolved, _request_all(client, self._queries))), WARM_CACHE_SECONDS)
            scenario.break_it(system)
            before = system.spotify_calls
            measurement.answers += _request_all(client, self._queries)
            measurement.calls += system.spotify_calls - before

    def measure_load(self, credentials: bool, lists: int, seconds: float) -> LoadMeasurement:
        """Request `lists` random lists and as many again with one client, then run the load test."""
        with self._start_system(credentials) as system:
            with recommend_client(system.port, self._image) as client:
                calls = [system.spotify_calls]
                for _ in range(2):
                    _request_all(client, [""] * lists)
                    calls.append(system.spotify_calls)
            cold, warm = (after - before for before, after in pairwise(calls))
            return LoadMeasurement(cold, warm, run_load_test(system.port, self._image, CLIENTS, seconds))


def _spotify_takes(seconds: float) -> Callable[[System], None]:
    return lambda system: system.spotify.fail_with(delay=seconds)


def _spotify_limits(system: System) -> None:
    system.spotify.fail_with(status=429, headers=RETRY_AFTER)


def _request_all(client: RecommendClient, queries: Iterable[str]) -> list[TimedAnswer]:
    return [client.recommend(query) for query in queries]


def _is_resolved(answer: TimedAnswer) -> bool:
    return not any(word.startswith("spotify") for word in answer.degraded)
