"""Latency of catalogue searches in this process: median and 95th percentile of warm queries of many kinds.

SQLite is always measured, in a temporary folder. With --database-url, another database such as MariaDB is measured too.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.progress import progress
from musicalface_common.vocabulary import Mood
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import open_engine
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
from recommender.domain.query import Filters, Query
from recommender.settings import Settings

PAGE = 11  # ten songs, and one more to know whether there is a next page
QUERIES = {
    "a common word": Query("love"),
    "the most common word": Query("the"),
    "common words": Query("i love you"),
    "artist": Query("the beatles"),
    "artist, mistyped": Query("beatels"),
    "title, mistyped": Query("bohemian rapsody"),
    "artist and title": Query("queen somebody to love"),
    "part of a word": Query("lov"),
    "two letters": Query("an"),
    "a word of no song": Query("xyzzyplugh"),
    "a long line, mistyped": Query("i stil havent fuond what im loking for"),
    "words and filters": Query("love", mood=Mood.SAD, filters=Filters(language="en", year_from=1970, year_to=1989)),
    "common word, rare genre": Query("the", filters=Filters(genres=("polka",))),
    "artist's name": Query(artist="ABBA"),
    "mood": Query(mood=Mood.HAPPY),
    "genre": Query(filters=Filters(genres=("rock",))),
    "years": Query(filters=Filters(year_from=1977, year_to=1977)),
    "explicit": Query(filters=Filters(explicit=False)),
    "filters that no song passes": Query(mood=Mood.ANGRY, filters=Filters(language="xx", year_from=1900, year_to=1901)),
    "all songs": Query(),
}


def milliseconds(catalogue: Catalogue, query: Query, times: int) -> list[float]:
    """Return the milliseconds of each of `times` searches: first and second pages alternate."""
    first = catalogue.search(query, None, PAGE)
    after = first[-2].position if len(first) == PAGE else None
    taken = []
    for turn in range(times):
        started = time.perf_counter()
        catalogue.search(query, after if turn % 2 else None, PAGE)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def measure(url: str, file: Path, times: int) -> None:
    """Load the catalogue into a database and print how long the load and the searches take."""
    with open_engine(url) as engine:
        started = time.perf_counter()
        loaded = load(engine, FactsFile(file))
        print(f"\n{engine.dialect.name}: {loaded}, {time.perf_counter() - started:.1f} s")
        catalogue = Catalogue(engine, loaded.version)
        kinds = progress(list(QUERIES.items()), "kinds of queries")
        taken = {name: milliseconds(catalogue, query, times) for name, query in kinds}
    for name, each in taken.items():
        print_line(name, each)
    print_line("all", [search for each in taken.values() for search in each])


def print_line(name: str, taken: Sequence[float]) -> None:
    """Print median and 95th percentile of one kind of query."""
    print(f"{name:27} median {statistics.median(taken):7.2f} ms   p95 {np.percentile(taken, 95):7.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--database-url", help="SQLAlchemy URL of a second database; the catalogue is loaded into it")
    parser.add_argument(
        "--catalogue",
        type=Path,
        default=Settings().catalogue_file,
        help="facts file to load (default: the one that ships)",
    )
    parser.add_argument("--times", type=int, default=100, help="searches of each kind (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{folder}/catalogue.db", options.catalogue, options.times)
    if options.database_url:
        measure(options.database_url, options.catalogue, options.times)


if __name__ == "__main__":
    main()
