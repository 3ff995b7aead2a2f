"""The tables of the benchmark, in Markdown."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from support.traffic import TimedAnswer

from bench.providers.scenarios import CLIENTS, LoadMeasurement, Measurement

OK = 200


def print_scenarios(measurements: Mapping[str, Measurement]) -> None:
    """Print one row per scenario, measured with one client."""
    print("| one client | answers | p50 ms | p99 ms | errors | degraded | Spotify calls |")
    print("| --- | ---: | ---: | ---: | ---: | --- | ---: |")
    for name, each in measurements.items():
        print(f"| {name} | {_figures(each.answers)} | {each.calls} |")


def print_load_tests(measurements: Mapping[str, LoadMeasurement], lists: int, cores: int) -> None:
    """Print one row per load test, with Spotify's calls while the cache warmed up before it."""
    calls = f"Spotify calls for {lists} lists before | for {lists} more"
    print(f"\n| {CLIENTS} clients on {cores} cores | per s | answers | p50 ms | p99 ms | errors | degraded | {calls} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |")
    for name, each in measurements.items():
        rate = sum(answer.status == OK for answer in each.load.answers) / each.load.seconds
        print(f"| {name} | {rate:.1f} | {_figures(each.load.answers)} | {each.calls_cold} | {each.calls_warm} |")


def _figures(answers: Sequence[TimedAnswer]) -> str:
    """Return the cells answers, p50, p99, errors and degraded of a row."""
    p50, p99 = np.percentile([answer.seconds * 1000 for answer in answers], [50, 99])
    errors = sum(answer.status != OK for answer in answers)
    words = Counter(word for answer in answers for word in answer.degraded)
    degraded = ", ".join(f"{word} {count / len(answers):.0%}" for word, count in sorted(words.items()))
    return f"{len(answers)} | {p50:.1f} | {p99:.1f} | {errors} | {degraded or '-'}"
