"""`musicalface catalogue refresh`: runs refreshes, and prints their progress and results."""

import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from musicalface_common.logging import configure_logging
from recommender.refresh.run import CatalogueError, LeaseHeldError, Prewarmed, Refreshed, refresh
from recommender.settings import Settings

DONE, FAILED = 0, 1
# EX_TEMPFAIL of sysexits.h: a temporary failure, try again later.
ANOTHER_RUNS = 75
TERMINATED = 128 + signal.SIGTERM
# After a failed refresh, the next one starts at the latest after this time, even if the interval is longer.
RETRY_SECONDS = 3600.0

UNITS = {"m": 60.0, "h": 3600.0, "d": 86_400.0}


def seconds(text: str) -> float:
    """Return the seconds of a duration such as 7d, 12h or 30m. Raises typer.BadParameter for any other text."""
    match = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", text)
    if not match:
        raise typer.BadParameter(f"{text} is not a time such as 7d, 12h or 30m", param_hint="--every")
    return int(match[1]) * UNITS[match[2]]


def refresh_every(settings: Settings, interval: float) -> NoReturn:
    """Refresh now, and again after each interval (in seconds), until the process is terminated.

    A failed refresh is repeated after an hour at the latest.
    """
    while True:
        done = refresh_once(settings) == DONE
        time.sleep(interval if done else min(interval, RETRY_SECONDS))


def refresh_once(settings: Settings) -> int:
    """Refresh once, print the result, and return the exit code."""
    configure_logging("WARNING", "console")
    try:
        with _sigterm_as_exit(), _bar() as bar:
            refreshed = refresh(settings, partial(_show, bar))
    except CatalogueError as error:
        typer.echo(f"musicalface: {error}", err=True)
        return ANOTHER_RUNS if isinstance(error, LeaseHeldError) else FAILED
    for problem in refreshed.problems:
        typer.echo(f"musicalface: {problem}", err=True)
    typer.echo(_summary(refreshed))
    return DONE if refreshed.folder_readable else FAILED


def _summary(refreshed: Refreshed) -> str:
    added, changed = refreshed.changes
    version, songs = refreshed.loaded
    news = f"songs added: {added}, changed: {changed}" if added or changed else "nothing new"
    edition = f"version {version}" if songs is None else f"version {version}, loaded {songs} tracks"
    return f"{news}; {edition}; {_prewarm_summary(refreshed.prewarmed)}"


def _prewarm_summary(prewarmed: Prewarmed) -> str:
    if not prewarmed.looked_up and prewarmed.stopped:
        return f"no songs looked up at Spotify: {prewarmed.stopped}"
    looked_up = f"looked up {prewarmed.looked_up} songs at Spotify, found {prewarmed.found}"
    return f"{looked_up}, then stopped: {prewarmed.stopped}" if prewarmed.stopped else looked_up


def _bar() -> Progress:
    """Return a progress bar on standard error. It draws nothing if standard error is not a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    bar.add_task("starting", total=None)
    return bar


def _show(bar: Progress, step: str, done: int, total: int) -> None:
    bar.update(bar.task_ids[0], description=step, completed=done, total=total)


@contextmanager
def _sigterm_as_exit() -> Iterator[None]:
    """Raise SystemExit when SIGTERM arrives during the block, so that the refresh releases its lease."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
