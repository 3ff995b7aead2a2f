"""What people said of a song's mood, from all sources together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.catalogue.people.places import Placed, PlaceMoods
from musicalface_training.catalogue.people.words import Said, Votes
from recommender.domain.track import song_id

# How many listeners a place of valence and arousal counts for, where fewer are known to have used words: both were made
# of the same tags. Measured: training/reports/people.md.
PLACE_VOTES = 5.0
# The share from which on one mood is told as the song's tag mood.
CLEAR = 0.5


@dataclass(frozen=True)
class Told:
    """A song, its Deezer id, and how many listeners told of each mood, float64 (4,)."""

    artist: str
    title: str
    deezer_id: str
    votes: Votes

    @property
    def total(self) -> float:
        return float(self.votes.sum())

    @property
    def shares(self) -> Votes:
        return self.votes / self.total

    @property
    def mood(self) -> Mood | None:
        """The mood with at least half of the votes, if there is one."""
        shares = self.shares
        return MOODS[int(shares.argmax())] if shares.max() >= CLEAR else None


def tell(said: Sequence[Said], placed: Sequence[Placed]) -> dict[str, Told]:
    """Return what words and places tell of the songs, by song id; songs of which they tell nothing are left out."""
    words = {song_id(song.artist, song.title): song for song in said}
    places = {song_id(song.artist, song.title): song for song in placed}
    by_place = _place_shares(words, places)
    told = {}
    for key in sorted({*words, *places}):
        song = words.get(key) or places[key]
        votes = words[key].votes if key in words else np.zeros(len(MOODS))
        votes = votes + max(0.0, PLACE_VOTES - votes.sum()) * by_place.get(key, 0)
        if votes.sum() > 0:
            told[key] = Told(song.artist, song.title, song.deezer_id, votes)
    return told


def _place_shares(words: dict[str, Said], places: dict[str, Placed]) -> dict[str, Votes]:
    both = sorted(words.keys() & places.keys())
    if not both:
        return {}
    moods = PlaceMoods(np.array([places[key].place for key in both]), np.array([words[key].votes for key in both]))
    shares = moods.shares(np.array([song.place for song in places.values()]))
    return dict(zip(places, shares, strict=True))
