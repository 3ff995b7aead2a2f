"""Scores of the four moods."""

from typing import NamedTuple, Self

from musicalface_common.vocabulary import MOODS, Mood


class Scores(NamedTuple):
    """Scores of the four moods in the order of `MOODS`. No score is negative."""

    angry: float
    sad: float
    happy: float
    relaxed: float

    @classmethod
    def pure(cls, mood: Mood) -> Self:
        """Return scores of 1 for one mood and 0 for all others."""
        return cls(*(float(other is mood) for other in MOODS))

    @property
    def mood(self) -> Mood:
        """The mood with the highest score. If several moods have it, the first of them."""
        return MOODS[self.index(max(self))]

    def shares(self) -> "Scores":
        """Return the scores scaled to sum to 1. At least one score must be positive, and all must be finite."""
        highest = max(self)
        scaled = [score / highest for score in self]  # scaled first, so that the sum of huge scores stays finite
        return Scores(*(score / sum(scaled) for score in scaled))
