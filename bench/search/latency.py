"""Latency of catalogue searches in this process: median and 95th percentile of warm queries of many kinds."""

import statistics
import time
from collections.abc import Sequence

import numpy as np

from bench.progress import progress
from musicalface_common.vocabulary import Mood
from recommender.catalogue.catalogue import Catalogue
from recommender.domain.query import Filters, Query

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


def measure_latency(catalogue: Catalogue, times: int) -> None:
    """Print how long the searches of each kind take."""
    kinds = progress(list(QUERIES.items()), "kinds of queries")
    taken = {name: _milliseconds(catalogue, query, times) for name, query in kinds}
    for name, each in taken.items():
        _print_line(name, each)
    _print_line("all", [search for each in taken.values() for search in each])


def _milliseconds(catalogue: Catalogue, query: Query, times: int) -> list[float]:
    """Return the milliseconds of each of `times` searches, which alternate between first and second page."""
    first = catalogue.search(query, None, PAGE)
    after = first[-2].position if len(first) == PAGE else None
    taken = []
    for turn in range(times):
        started = time.perf_counter()
        catalogue.search(query, after if turn % 2 else None, PAGE)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def _print_line(name: str, taken: Sequence[float]) -> None:
    """Print median and 95th percentile of one kind of query."""
    print(f"{name:27} median {statistics.median(taken):7.2f} ms   p95 {np.percentile(taken, 95):7.2f} ms")
