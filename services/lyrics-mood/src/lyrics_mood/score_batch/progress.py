"""What is told while parts are scored, and after."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from lyrics_mood.score_batch.output_folder import Done


@dataclass(frozen=True)
class Tally:
    """What a run did: songs scored, rows without words, and seconds of wall-clock with `cores` at work."""

    songs: int
    skipped: int
    seconds: float
    cores: int

    def __str__(self) -> str:
        if not self.songs + self.skipped:
            return "nothing left to do"
        rate = self.songs / self.seconds
        return (
            f"{self.songs:,} songs in {self.seconds:,.1f} s on {self.cores} cores: {rate:,.0f} songs a second, "
            f"{rate / self.cores:,.0f} a core; {self.skipped:,} rows without words left out"
        )


def follow(finished: Iterable[Done], cores: int, total: int | None = None) -> Tally:
    """Draw a progress bar while parts are finished; `total` is their number of rows where it is known."""
    start, songs, skipped = time.monotonic(), 0, 0
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,} songs"))
    with Progress(*columns, TimeElapsedColumn()) as progress:
        bar = progress.add_task("lyrics", total=total)
        for done in finished:
            songs, skipped = songs + done.songs, skipped + done.skipped
            progress.update(bar, completed=songs + skipped)
    return Tally(songs, skipped, time.monotonic() - start, cores)
