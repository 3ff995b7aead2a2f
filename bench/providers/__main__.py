"""Latency of `POST /recommend` while Spotify and Redis work, and while they are slow, limited or gone.

Each scenario requests the same lists from a newly started system; the scenarios alternate. Spotify is the fake of the
tests. It has all songs of the catalogue, and answers at once unless the scenario says otherwise.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from fakes.songs import Song
from fakes.spotify import SpotifyFake
from support.server import serve

from bench.progress import progress
from bench.providers.report import print_load_tests, print_scenarios
from bench.providers.scenarios import Bench, Measurement, Scenario, scenarios
from bench.providers.system import running_system
from musicalface_common.vocabulary import Mood
from recommender.catalogue.facts_file import FactsFile
from recommender.domain.track import Track
from recommender.settings import Settings

CORES = 2
# Only 30 kinds of songs are large enough, and a server keeps at most 64 candidate lists in memory, one per query.
QUERIES = 30
LOAD_TESTS = {"no credentials, warm": False, "warm cache": True}


def disjoint_queries(songs: Iterable[Track], count: int) -> list[str]:
    """Return queries that have no song in common, one for each of the `count` most frequent kinds of happy songs.

    A kind is a genre, a language and the explicit flag. The photo's mood is happy.
    """
    happy = [(song.genre, song.language, song.explicit) for song in songs if song.mood is Mood.HAPPY]
    kinds = Counter(kind for kind in happy if None not in kind).most_common(count)
    return [
        urlencode({"genre": genre, "language": language, "explicit": explicit, "seed": 0})
        for (genre, language, explicit), _ in kinds
    ]


@contextmanager
def bench(queries: int) -> Iterator[Bench]:
    """Serve a fake Spotify that has the catalogue's songs, and make a temporary folder for the database."""
    file = Settings().catalogue_file
    songs = FactsFile(file).songs
    spotify = SpotifyFake(spotify_song(song) for song in songs)
    with serve(spotify.app) as url, tempfile.TemporaryDirectory() as folder:
        yield Bench(
            lambda credentials: running_system(Path(folder), spotify, url if credentials else None),
            disjoint_queries(songs, queries),
        )


def spotify_song(song: Track) -> Song:
    """Return the fake Spotify's song for a track of the catalogue."""
    return Song(song.artist, song.title, explicit=bool(song.explicit), given_spotify_id=song.spotify_id)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.providers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds of all scenarios (default: %(default)s)")
    parser.add_argument("--queries", type=int, default=QUERIES, help="lists per scenario (default: %(default)s)")
    parser.add_argument(
        "--lists", type=int, default=1000, help="lists for which Spotify calls are counted (default: %(default)s)"
    )
    parser.add_argument("--seconds", type=float, default=20, help="length of a load test (default: %(default)s)")
    options = parser.parse_args()
    # Binds all threads and processes that are started from here on.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with bench(options.queries) as run:
        # The warm-up loads the database and sorts the fake's songs.
        run.measure(Scenario("warm-up"), Measurement())
        measurements: defaultdict[str, Measurement] = defaultdict(Measurement)
        for _, scenario in progress(list(product(range(options.rounds), scenarios())), "scenarios"):
            run.measure(scenario, measurements[scenario.name])
        print_scenarios(measurements)
        load = {
            name: run.measure_load(credentials, options.lists, options.seconds)
            for name, credentials in progress(list(LOAD_TESTS.items()), "load tests")
        }
        print_load_tests(load, options.lists, CORES)


if __name__ == "__main__":
    main()
