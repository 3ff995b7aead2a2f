"""The progress bar of a run, and the line that summarises the run."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from lyrics_mood.score_batch.output_folder import FinishedPart


@dataclass(frozen=True)
class Tally:
    """Counts of a run: songs scored, rows skipped because they have no words, wall-clock seconds, and cores used."""

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


def show_progress(finished: Iterable[FinishedPart], cores: int, total: int | None = None) -> Tally:
    """Draw a progress bar until the last part is finished, then return the counts of all parts.

    `total` is the number of rows, None if unknown.
    """
    start, songs, skipped = time.monotonic(), 0, 0
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,} songs"))
    with Progress(*columns, TimeElapsedColumn()) as progress:
        bar = progress.add_task("lyrics", total=total)
        for part in finished:
            songs, skipped = songs + part.songs, skipped + part.skipped
            progress.update(bar, completed=songs + skipped)
    return Tally(songs, skipped, time.monotonic() - start, cores)
