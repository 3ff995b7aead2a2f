"""The belief about a song's mood: what people said of it, and before that its lyrics."""

from musicalface_common.vocabulary import MOODS
from recommender.domain.scores import Scores

# How many listeners must tell of a mood to count as much as the lyrics, or as knowing nothing where the lyrics are
# unknown. Measured: training/reports/people.md.
PRIOR_VOTES = 3.0
# What the mood counts that a file or a service gives as one word.
TAG_VOTES = 5.0

_EVEN = Scores(*(1 / len(MOODS) for _ in MOODS))


def believed(
    people: Scores | None, votes: float, lyrics: Scores | None, prior_votes: float = PRIOR_VOTES
) -> Scores | None:
    """Return the scores that people's `votes` and the lyrics make together, or None where neither tells anything.

    The mean of a Dirichlet distribution: the scores of the lyrics, or even ones, are the prior, and people's votes are
    added to it. Without votes the lyrics' scores are the belief. The result sums to 1 where the scores do.
    """
    if people is None or not votes:
        return lyrics
    prior = lyrics or _EVEN
    total = votes + prior_votes
    return Scores(*((votes * said + prior_votes * before) / total for said, before in zip(people, prior, strict=True)))
