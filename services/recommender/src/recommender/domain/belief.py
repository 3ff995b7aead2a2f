"""What is believed of a song's mood: what its lyrics say and what people tagged, blended."""

from typing import TYPE_CHECKING

from musicalface_common.vocabulary import MOODS, Mood

if TYPE_CHECKING:  # tracks are believed in, and scores are defined beside them
    from recommender.domain.track import Scores

# How far people's tags count over the lyrics, from 0 to 1. Measured: training/reports/ranking.md.
TAG_WEIGHT = 0.25


def believed(scores: "Scores", tag_mood: Mood | None, tag_weight: float = TAG_WEIGHT) -> "Scores":
    """Return the lyrics' scores, moved by `tag_weight` towards the mood that people tagged, if they did.

    The result sums to 1 as the scores do.
    """
    if tag_mood is None:
        return scores
    return type(scores)(
        *((1 - tag_weight) * score + tag_weight * (mood is tag_mood) for mood, score in zip(MOODS, scores, strict=True))
    )
