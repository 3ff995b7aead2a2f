"""Chance with a preference: songs are drawn, and those that fit better are drawn more often."""

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from random import Random

from recommender.domain.track import Scores, Track

# A song whose score is 0.1 higher is e times as likely to be drawn next.
TEMPERATURE = 0.1


def draw(candidates: Sequence[Track], target: Scores, count: int, random: Random, heard: set[str]) -> list[Track]:
    """Draw up to `count` songs, one an artist, and add their artists to `heard`, whose songs are passed over.

    Each next song is drawn by softmax(score / TEMPERATURE) over those that are left, where a song's score is
    the dot product of its mood scores with the target's shares. Sorting by scores with Gumbel noise draws
    just so (Gumbel top-k: Kool, van Hoof & Welling 2019, arXiv 1903.06059).
    """
    shares = target.shares()
    order = sorted(candidates, key=lambda track: shares.dot(track.scores) / TEMPERATURE + _gumbel(random), reverse=True)
    return list(islice(_one_an_artist(order, heard), count))


def _gumbel(random: Random) -> float:
    uniform = random.random() or sys.float_info.min  # 0 has no logarithm
    return -math.log(-math.log(uniform))


def _one_an_artist(tracks: Iterable[Track], heard: set[str]) -> Iterator[Track]:
    for track in tracks:
        key = track.artist_key
        if key not in heard:
            heard.add(key)
            yield track
