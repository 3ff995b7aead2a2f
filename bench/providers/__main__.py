"""What a recommendation takes while Spotify and Redis are well, and while they are not.

`POST /recommend` is asked for the same lists in every row, after a fresh start of everything; the rows take turns.
Spotify is the fake of the tests, which has all songs of the catalogue and answers at once where nothing else is said.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise, product
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from fakes.songs import Song
from fakes.spotify import SpotifyFake
from load.photo import photo
from load.recommend_clients import RecommendClient, Rush, recommend_client, rush
from load.stage import Stage, stage
from support.crowd import Answered
from support.server import serve
from support.waiting import wait_until

from musicalface_common.vocabulary import Mood
from recommender.adapters.facts import read_facts
from recommender.domain.track import Track
from recommender.settings import Settings

OK = 200
CORES = 2
CLIENTS = 16
# Of more kinds there are few songs; and a server keeps no more than 64 candidate lists in memory, one a wish.
WISHES = 30
NETWORK_SECONDS = 0.1
SLOW_SECONDS = 2.0
# Longer than a row takes.
RETRY_AFTER = {"Retry-After": "600"}
# Neither Spotify nor the cache is asked.
WARM_UP = ["provider=youtube"] * 5

# Makes a stage, with credentials for Spotify or without.
Staging = Callable[[bool], AbstractContextManager[Stage]]


@dataclass(frozen=True, slots=True)
class Row:
    """What befalls a server once it has served, with Spotify's credentials or without; `warm` has given all lists."""

    name: str
    befall: Callable[[Stage], None] = lambda _: None
    credentials: bool = True
    warm: bool = False


@dataclass(slots=True)
class Measured:
    """Answers, and how many calls Spotify had meanwhile."""

    answers: list[Answered] = field(default_factory=list)
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Rushed:
    """The calls that Spotify had for the first lists and for as many after them, and what many clients met then."""

    calls_cold: int
    calls_warm: int
    met: Rush


def rows() -> list[Row]:
    """Return what is measured, first what all else is to be compared with."""

    def slowed(seconds: float) -> Callable[[Stage], None]:
        return lambda on: on.spotify.fail_with(delay=seconds)

    return [
        Row("no credentials, cold", credentials=False),
        Row("no credentials, warm", credentials=False, warm=True),
        Row("cold cache"),
        Row(f"cold cache, Spotify takes {NETWORK_SECONDS:g} s", slowed(NETWORK_SECONDS)),
        Row("warm cache", warm=True),
        Row("Redis gone, memory cold", lambda on: on.redis.kill()),
        Row("Redis gone, memory warm", lambda on: on.redis.kill(), warm=True),
        Row(f"Spotify slow ({SLOW_SECONDS:g} s), cold", slowed(SLOW_SECONDS)),
        Row("Spotify answers 429, cold", lambda on: on.spotify.fail_with(status=429, headers=RETRY_AFTER)),
    ]


class Bench:
    """Asks for lists by one photo; each measurement has a stage of its own."""

    def __init__(self, staged: Staging, wishes: Sequence[str]) -> None:
        self._staged = staged
        self._wishes = wishes
        self._image = photo()

    def measure(self, row: Row, measured: Measured) -> None:
        """Ask for each list once, as one client, and add what is met."""
        with self._staged(row.credentials) as on, recommend_client(on.port, self._image) as client:
            ask_all(client, WARM_UP)
            if row.warm:
                wait_until(lambda: all(map(is_resolved, ask_all(client, self._wishes))), 60)
            row.befall(on)
            before = on.spotify_calls
            measured.answers += ask_all(client, self._wishes)
            measured.calls += on.spotify_calls - before

    def rush(self, credentials: bool, lists: int, seconds: float) -> Rushed:
        """Ask for so many lists that each differ, for as many more, and then as many clients."""
        with self._staged(credentials) as on:
            with recommend_client(on.port, self._image) as client:
                calls = [on.spotify_calls]
                for _ in range(2):
                    ask_all(client, [""] * lists)
                    calls.append(on.spotify_calls)
            cold, warm = (after - before for before, after in pairwise(calls))
            return Rushed(cold, warm, rush(on.port, self._image, CLIENTS, seconds))


def ask_all(client: RecommendClient, wishes: Iterable[str]) -> list[Answered]:
    """Ask for lists, one after the other."""
    return [client.ask(wish) for wish in wishes]


def is_resolved(answer: Answered) -> bool:
    """Tell whether Spotify has said what there is to say about the songs of an answer."""
    return not any(word.startswith("spotify") for word in answer.degraded)


def disjoint_wishes(songs: Iterable[Track], count: int) -> list[str]:
    """Make wishes that have no song in common, for what most songs of the photo's mood, which is happy, are."""
    happy = [(song.genre, song.language, song.explicit) for song in songs if song.mood is Mood.HAPPY]
    kinds = Counter(kind for kind in happy if None not in kind).most_common(count)
    return [
        urlencode({"genre": genre, "language": language, "explicit": explicit, "seed": 0})
        for (genre, language, explicit), _ in kinds
    ]


@contextmanager
def bench(wishes: int) -> Iterator[Bench]:
    """Put up a Spotify that has the catalogue's songs, and a folder for the database."""
    file = Settings().catalogue_file
    songs = read_facts(file, file.read_bytes())
    spotify = SpotifyFake(at_spotify(song) for song in songs)
    with serve(spotify.app) as url, tempfile.TemporaryDirectory() as folder:
        yield Bench(
            lambda credentials: stage(Path(folder), spotify, url if credentials else None),
            disjoint_wishes(songs, wishes),
        )


def at_spotify(song: Track) -> Song:
    """Return a song as the fake has it."""
    return Song(song.artist, song.title, explicit=bool(song.explicit), given_spotify_id=song.spotify_id)


def print_rows(measured: Mapping[str, Measured]) -> None:
    """Print what one client meets."""
    print("| one client | answers | p50 ms | p99 ms | errors | degraded | Spotify calls |")
    print("| --- | ---: | ---: | ---: | ---: | --- | ---: |")
    for name, each in measured.items():
        print(f"| {name} | {figures(each.answers)} | {each.calls} |")


def print_rushes(rushes: Mapping[str, Rushed], lists: int) -> None:
    """Print what many clients meet, and what it took to make the cache warm for them."""
    calls = f"Spotify calls for {lists} lists before | for {lists} more"
    print(
        f"\n| {CLIENTS} clients on {CORES} cores | a second | answers | p50 ms | p99 ms | errors | degraded | {calls} |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: |")
    for name, each in rushes.items():
        rate = sum(answer.status == OK for answer in each.met.answers) / each.met.seconds
        print(f"| {name} | {rate:.1f} | {figures(each.met.answers)} | {each.calls_cold} | {each.calls_warm} |")


def figures(answers: Sequence[Answered]) -> str:
    """Return how many answers there were, how long they took, how many were errors, and what they went without."""
    p50, p99 = np.percentile([answer.seconds * 1000 for answer in answers], [50, 99])
    errors = sum(answer.status != OK for answer in answers)
    words = Counter(word for answer in answers for word in answer.degraded)
    degraded = ", ".join(f"{word} {count / len(answers):.0%}" for word, count in sorted(words.items()))
    return f"{len(answers)} | {p50:.1f} | {p99:.1f} | {errors} | {degraded or '-'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds of all rows")
    parser.add_argument("--wishes", type=int, default=WISHES, help="lists a round and row")
    parser.add_argument("--lists", type=int, default=1000, help="lists that Spotify's calls are counted for")
    parser.add_argument("--seconds", type=float, default=20, help="length of a rush")
    options = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])  # of all threads and processes from here on
    with bench(options.wishes) as run:
        run.measure(Row("warm-up"), Measured())  # the fake sorts its songs, the database gets them
        measured: defaultdict[str, Measured] = defaultdict(Measured)
        for _, row in product(range(options.rounds), rows()):
            run.measure(row, measured[row.name])
        print_rows(measured)
        kinds = {"no credentials, warm": False, "warm cache": True}
        rushes = {name: run.rush(each, options.lists, options.seconds) for name, each in kinds.items()}
        print_rushes(rushes, options.lists)


if __name__ == "__main__":
    main()
