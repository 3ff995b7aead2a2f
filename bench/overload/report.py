"""The table of the benchmark, in Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.overload.clients import OK, Answer

REFUSED = (429, 503)
COLUMNS = (
    *("server", "clients", "after a refusal", "answers per s", "per CPU s", "p50 ms", "p99 ms"),
    *("refusals per s", "p99 ms", "failed"),
)


@dataclass(frozen=True)
class Measurement:
    """The answers that came within these seconds, and the seconds of CPU that the server used in them."""

    answers: Sequence[Answer]
    seconds: float
    cpu_seconds: float


def print_head() -> None:
    """Print the head of the table."""
    print(f"| {' | '.join(COLUMNS)} |")
    print(f"| --- | ---: | --- |{' ---: |' * (len(COLUMNS) - 3)}", flush=True)


def print_row(server: str, clients: int, heed: bool, measured: Measurement) -> None:
    """Print one row. Times count from the last byte of the request."""
    accepted = [answer.seconds for answer in measured.answers if answer.status == OK]
    refused = [answer.seconds for answer in measured.answers if answer.status in REFUSED]
    cells = (
        *(server, clients, "waits" if heed else "sends again"),
        *(f"{len(accepted) / measured.seconds:.1f}", f"{len(accepted) / measured.cpu_seconds:.1f}"),
        *(_ms(accepted, 50), _ms(accepted, 99), f"{len(refused) / measured.seconds:.1f}", _ms(refused, 99)),
        len(measured.answers) - len(accepted) - len(refused),
    )
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def _ms(seconds: Sequence[float], percentile: int) -> str:
    return f"{np.percentile(seconds, percentile) * 1000:.0f}" if seconds else "-"
