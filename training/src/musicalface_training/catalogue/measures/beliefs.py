"""Beliefs about songs' moods against moods that people gave elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.calibration import reliability
from musicalface_training.catalogue.people.places import Placed, read_places
from musicalface_training.catalogue.people.votes import Told, tell
from musicalface_training.catalogue.people.words import Said, read_words
from musicalface_training.errors import DatasetError
from musicalface_training.tables import find_table, read_table
from recommender.domain.belief import PRIOR_VOTES, believed
from recommender.domain.scores import Scores
from recommender.domain.spelling import spelling_key
from recommender.domain.track import Track, song_id

# Sets whose songs have one of the four moods, or two of them, and that no source of the catalogue knows.
TRUTHS = {
    "playlists": "playlist_moods.csv",
    "NJU": "nju_musicmood_train.csv",
    "happy or sad": "musicmood_happy_sad.csv",
}
PRIORS = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0)
LISTENERS = (0.0, 3.0, 10.0, 30.0, float("inf"))
_HALVES = 2

Beliefs = Mapping[str, Scores]


@dataclass(frozen=True)
class Agreement:
    """How many songs two sources know, and how well the beliefs of one agree with the moods of the other."""

    songs: int
    accuracy: float
    loss: float
    error: float

    @classmethod
    def of(cls, beliefs: Beliefs, moods: Mapping[str, Mood]) -> "Agreement":
        """Compare beliefs and moods of the songs that both know: accuracy, log loss in nats, calibration error.

        Only the moods that the other source uses are compared.
        """
        known = [song for song in moods if song in beliefs]
        if not known:
            return cls(0, float("nan"), float("nan"), float("nan"))
        used = sorted({MOODS.index(mood) for mood in moods.values()})
        scores = np.array([beliefs[song] for song in known])[:, used]
        scores = scores / scores.sum(axis=1, keepdims=True)
        truth = np.array([used.index(MOODS.index(moods[song])) for song in known])
        picked = np.clip(scores[np.arange(len(known)), truth], 1e-3, 1)
        right = scores.argmax(axis=1) == truth
        error = reliability(scores, truth).error
        return cls(len(known), float(right.mean()), float(-np.log(picked).mean()), error)


@dataclass(frozen=True)
class Sources:
    """What words and places tell, by song id, and the moods of the sets that judge."""

    words: Mapping[str, Told]
    places: Mapping[str, Told]
    both: Mapping[str, Told]
    truths: Mapping[str, Mapping[str, Mood]]


def read_sources(data: Path) -> Sources:
    """Read all sources. A song's place is never learned from the words of its own half of the artists."""
    said, placed = read_words(data), read_places(data)
    truths = {name: dict(_moods(data, file)) for name, file in TRUTHS.items()}
    return Sources(tell(said, []), dict(_cross_placed(said, placed)), tell(said, placed), truths)


def half(artist: str) -> int:
    """Return the half, 0 or 1, that an artist is in."""
    return int(song_id(spelling_key(artist), ""), 16) % _HALVES


def beliefs_of(told: Mapping[str, Told], tracks: Mapping[str, Track], prior: float = PRIOR_VOTES) -> dict[str, Scores]:
    """Return what is believed of songs by what was told, and by their lyrics where `tracks` has them."""
    found = {}
    for song in {*told, *tracks}:
        people = Scores(*told[song].shares.tolist()) if song in told else None
        votes = told[song].total if song in told else 0.0
        belief = believed(people, votes, tracks[song].scores if song in tracks else None, prior)
        if belief:
            found[song] = belief
    return found


def of_half(moods: Mapping[str, Mood], artists: Mapping[str, str], wanted: int) -> dict[str, Mood]:
    """Return the moods of the songs by artists of one half."""
    return {song: mood for song, mood in moods.items() if half(artists.get(song, song)) == wanted}


def by_listeners(sources: Sources, moods: Mapping[str, Mood]) -> Iterator[tuple[float, float, Agreement]]:
    """Yield for each range of the number of listeners how well their words agree with moods."""
    for low, high in pairwise(LISTENERS):
        some = {song: told for song, told in sources.words.items() if low < told.total <= high}
        yield low, high, Agreement.of(beliefs_of(some, {}), moods)


def leads(told: Mapping[str, Told]) -> dict[str, Mood]:
    """Return the mood with the most votes of each song."""
    return {song: MOODS[int(each.votes.argmax())] for song, each in told.items()}


def _cross_placed(said: Sequence[Said], placed: Sequence[Placed]) -> Iterator[tuple[str, Told]]:
    for part in range(_HALVES):
        others = [song for song in said if half(song.artist) != part]
        told = tell(others, placed)
        known = {song_id(song.artist, song.title) for song in others}
        mine = {song_id(song.artist, song.title) for song in placed if half(song.artist) == part}
        yield from ((song, each) for song, each in told.items() if song in mine and song not in known)


def _moods(data: Path, name: str) -> Iterator[tuple[str, Mood]]:
    table = read_table(find_table(data, "lyrics", name), {column: (column,) for column in ("artist", "title", "mood")})
    if unknown := set(table["mood"]) - set(MOODS):
        raise DatasetError(f"{name} has moods other than {', '.join(MOODS)}: {', '.join(sorted(unknown))}")
    table["id"] = list(map(song_id, table["artist"], table["title"]))
    for song, rows in table.groupby("id"):
        if rows["mood"].nunique() == 1:
            yield str(song), Mood(rows["mood"].iloc[0])
