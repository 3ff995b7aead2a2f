"""Queries as people type them, each with its right song, and how many find it among the first three songs.

Half of the queries were written first, to develop the search; the other half afterwards, before it was tried on them.
`queries.csv` holds half, kind, query, artist and title. Where names are spelled differently in the catalogue, `artist`
holds all of them, separated by `|`. Without an artist, all songs of this title are right. Without a title, the first
three songs must all be by the artist.
"""

import csv
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.progress import progress
from recommender.catalogue.catalogue import Catalogue
from recommender.domain.normalisation import normalise
from recommender.domain.query import Query
from recommender.domain.track import Track

FIRST = 3
PAGE = 11
TIMES = 5

Row = Mapping[str, str]


class Answer(NamedTuple):
    """The query, whether its right song is among the first three, these songs, and the median time of a search."""

    row: Row
    right: bool
    tracks: Sequence[Track]
    milliseconds: float


def measure_answers(catalogue: Catalogue) -> float:
    """Run all queries, print the shares of right answers, wrong answers and latency, and return the share of all."""
    with Path(__file__).with_name("queries.csv").open(encoding="utf-8", newline="") as file:
        rows = progress(list(csv.DictReader(file)), "queries")
        answers = [_answer(catalogue, row) for row in rows]
    for half in dict.fromkeys(answer.row["half"] for answer in answers):
        _print_half(half, [answer for answer in answers if answer.row["half"] == half])
    _print_share("all queries", answers)
    taken = [answer.milliseconds for answer in answers]
    print(f"p50 {statistics.median(taken):.1f} ms   p95 {np.percentile(taken, 95):.1f} ms   max {max(taken):.1f} ms")
    return statistics.mean(answer.right for answer in answers)


def _answer(catalogue: Catalogue, row: Row) -> Answer:
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        hits = catalogue.search(Query(row["query"]), None, PAGE)
        taken.append(1000 * (time.perf_counter() - started))
    tracks = [hit.track for hit in hits[:FIRST]]
    return Answer(row, _is_right(row, tracks), tracks, statistics.median(taken))


def _is_right(row: Row, tracks: Sequence[Track]) -> bool:
    artists = {normalise(artist) for artist in row["artist"].split("|")}
    by_artist = [not row["artist"] or _host(track) in artists or normalise(track.artist) in artists for track in tracks]
    if not row["title"]:
        return bool(tracks) and all(by_artist)
    titles = [normalise(track.title) == normalise(row["title"]) for track in tracks]
    return any(map(all, zip(by_artist, titles, strict=True)))


def _host(track: Track) -> str:
    return normalise(track.artist).split(" feat")[0]


def _print_half(half: str, answers: Sequence[Answer]) -> None:
    print(f"\nRight song among the first {FIRST}: {half} half")
    for kind in dict.fromkeys(answer.row["kind"] for answer in answers):
        _print_share(kind, [answer for answer in answers if answer.row["kind"] == kind])
    _print_share(f"{half} half", answers)
    for answer in answers:
        if not answer.right:
            found = "; ".join(f"{track.artist}: {track.title}" for track in answer.tracks)
            print(f"  wrong: {answer.row['query']} -> {found or 'nothing'}")


def _print_share(name: str, answers: Sequence[Answer]) -> None:
    right = sum(answer.right for answer in answers)
    print(f"{name:27} {right:4} of {len(answers):4}   {right / len(answers):.3f}")
