"""Mood scores: of a song's lyrics, of the tags that people gave it, and of both blended."""

from typing import NamedTuple, Self

from musicalface_common.vocabulary import MOODS, Mood

# Weight of people's tags against the lyrics, from 0 to 1. Measured: training/reports/ranking.md.
TAG_WEIGHT = 0.25


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

    def blended(self, tag_mood: Mood | None, tag_weight: float = TAG_WEIGHT) -> "Scores":
        """Return these scores moved by `tag_weight` towards the mood that people tagged, or unchanged without a tag.

        The result sums to 1 if these scores do.
        """
        if tag_mood is None:
            return self
        tagged = Scores.pure(tag_mood)
        return Scores(*((1 - tag_weight) * own + tag_weight * tag for own, tag in zip(self, tagged, strict=True)))
