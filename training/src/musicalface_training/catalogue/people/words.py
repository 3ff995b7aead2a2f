"""Listeners' emotion words for songs, counted by mood."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.errors import DatasetError
from musicalface_training.tables import find_table, read_table

FOLDER = "songs"
WORDS = "listener_emotion_words.csv"
COLUMNS = {name: (name,) for name in ("artist", "title", "deezer_id", "emotion_counts")}
Votes = npt.NDArray[np.float64]
A, S, H, R = Mood.ANGRY, Mood.SAD, Mood.HAPPY, Mood.RELAXED

# What one listener's word counts for the moods. Words of love, memory and dreams tell less of a mood, and count for
# several; a word that counts for none of them still takes up its place in the sum.
WEIGHTS: Mapping[str, Mapping[Mood, float]] = {
    "anger": {A: 1},
    "aggressiveness": {A: 1},
    "annoyance": {A: 1},
    "anxiety": {A: 0.5, S: 0.5},
    "fear": {A: 0.5, S: 0.5},
    "pessimism": {A: 0.5, S: 0.5},
    "sadness": {S: 1},
    "depression": {S: 1},
    "grief": {S: 1},
    "loneliness": {S: 1},
    "desperation": {S: 1},
    "insecurity": {S: 1},
    "bittersweet": {S: 0.75, H: 0.25},
    "nostalgia": {S: 0.5, H: 0.25, R: 0.25},
    "contemplation": {S: 0.5, R: 0.5},
    "dreamy": {S: 0.25, H: 0.25, R: 0.5},
    "happiness": {H: 1},
    "cheerfulness": {H: 1},
    "amusement": {H: 1},
    "optimism": {H: 1},
    "excitement": {H: 0.75, A: 0.25},
    "confidence": {H: 0.75, A: 0.25},
    "romanticism": {H: 0.5, S: 0.25, R: 0.25},
    "erotic": {H: 0.5, R: 0.5},
    "calmness": {R: 1},
    "comfort": {R: 1},
    "boredom": {S: 0.5, R: 0.5},
}
_ROWS = {word: np.array([moods.get(mood, 0.0) for mood in MOODS]) for word, moods in WEIGHTS.items()}


# Last.fm tells how often a tag was given in percent of the song's most frequent tag.
_PERCENT = 100


class Said(NamedTuple):
    """A song, its Deezer id, and how many listeners told of each mood: float64 (4,)."""

    artist: str
    title: str
    deezer_id: str
    votes: Votes


def read_words(data: Path) -> list[Said]:
    """Read `data/songs/listener_emotion_words.csv`. Raises DatasetError."""
    path = find_table(data, FOLDER, WORDS)
    table = read_table(path, COLUMNS)
    try:
        votes = [count_words(counts) for counts in table["emotion_counts"]]
    except (KeyError, ValueError) as error:
        raise DatasetError(f"{path} has counts of no known word: {error}") from error
    return [Said(*song) for song in zip(table["artist"], table["title"], table["deezer_id"], votes, strict=True)]


def count_words(counts: str) -> Votes:
    """Return how many listeners told of each mood in "calmness:22|sadness:28", (4,). Raises KeyError, ValueError."""
    words = dict(_parsed(counts))
    listeners = fewest_listeners(words.values()) / _PERCENT
    return sum((listeners * number * _ROWS[word] for word, number in words.items()), np.zeros(len(MOODS)))


def fewest_listeners(percents: Collection[int]) -> int:
    """Return the fewest listeners, 1 to 100, of whom these percentages are whole numbers.

    One word at 100 may be of one listener; 22, 28 and 5 need dozens. Songs with moods from elsewhere agree with the
    words more often the more listeners this counts, and not the higher the percentages are.
    """
    return next((number for number in range(1, _PERCENT) if all(_whole(each, number) for each in percents)), _PERCENT)


def _whole(percent: int, listeners: int) -> bool:
    """Return whether a rounded percentage can be that of a whole number of listeners, which is not zero."""
    exact = percent * listeners / _PERCENT
    return round(exact) >= 1 and abs(exact - round(exact)) <= listeners / (2 * _PERCENT) + 1e-9


def _parsed(counts: str) -> Iterator[tuple[str, int]]:
    for pair in filter(None, counts.split("|")):
        word, _, number = pair.partition(":")
        if int(number) > 0:
            yield word, int(number)
