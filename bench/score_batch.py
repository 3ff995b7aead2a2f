"""Bulk scoring of lyrics on one core and on two: songs per second per core, and core hours for 30 million songs.

The processes are bound to the cores. The time includes starting, reading and writing, as in a real run.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lyrics_mood.score_batch.input_files import InputFile
from lyrics_mood.score_batch.local_runner import LocalRunner
from lyrics_mood.score_batch.progress import Tally, show_progress
from lyrics_mood.score_batch.scoring import scoring_version

MODEL = "default"
ROWS = 1_000  # small parts, so that two cores finish at about the same time
SONGS = 30_000_000
MADE_UP_SONGS = 20_000
WORDS_A_SONG = 250
VOCABULARY = 5_000


def made_up_songs() -> pa.Table:
    """Return titles and random lyrics whose word frequencies fall as 1/rank, as in a language (Zipf's law)."""
    random = np.random.default_rng(0)
    letters = list("abcdefghijklmnopqrstuvwxyz")
    words = np.array(["".join(random.choice(letters, length)) for length in random.integers(2, 9, VOCABULARY)])
    share = 1 / np.arange(1, VOCABULARY + 1)
    drawn = (random.choice(words, WORDS_A_SONG, p=share / share.sum()) for _ in range(MADE_UP_SONGS))
    lyrics = [" ".join(each) for each in drawn]
    return pa.table({"title": [f"song {number}" for number in range(len(lyrics))], "lyrics": lyrics})


def measure(songs: Path, cores: Iterable[int]) -> Tally:
    """Score a file with one process per core, discard the scores and return the counts of the run."""
    os.sched_setaffinity(0, cores)
    processes = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        runner = LocalRunner(MODEL, Path(folder), processes)
        return show_progress(runner.run([InputFile(songs, ROWS, scoring_version(MODEL))]), processes)


def cost(tally: Tally, price: float | None) -> str:
    """Return the core hours of 30 million songs at the speed of this run, and their price if a price is given."""
    hours = SONGS / tally.songs * tally.seconds * tally.cores / 3_600
    money = "" if price is None else f", {hours * price:,.2f} at {price:g} per core hour"
    return f"{SONGS:,} songs: {hours:,.1f} core hours{money}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.score_batch", description=__doc__)
    parser.add_argument("--songs", type=Path, help="CSV or Parquet file with lyrics (default: 20,000 made-up songs)")
    parser.add_argument("--price-per-core-hour", type=float, help="price of a core hour, in any currency")
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))[:2]
    with tempfile.TemporaryDirectory() as folder:
        songs = options.songs or Path(folder, "songs.parquet")
        if not options.songs:
            pq.write_table(made_up_songs(), songs)
        for count in range(1, len(cores) + 1):
            tally = measure(songs, cores[:count])
            print(f"{tally}\n{cost(tally, options.price_per_core_hour)}\n")


if __name__ == "__main__":
    main()
