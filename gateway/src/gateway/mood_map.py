"""From emotions to moods: one table, and what follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from musicalface_common.vocabulary import MOODS, SEVEN_EMOTIONS, Emotion, Mood

MOOD_OF: Mapping[Emotion, Mood] = {
    Emotion.ANGRY: Mood.ANGRY,
    Emotion.DISGUST: Mood.ANGRY,
    Emotion.FEAR: Mood.SAD,
    Emotion.HAPPY: Mood.HAPPY,
    Emotion.SAD: Mood.SAD,
    Emotion.SURPRISE: Mood.RELAXED,
    Emotion.NEUTRAL: Mood.RELAXED,
    Emotion.CONTEMPT: Mood.ANGRY,
}
# The eighth emotion has its nearest neighbour among the seven.
FOLDED: Mapping[Emotion, Emotion] = {Emotion.CONTEMPT: Emotion.DISGUST}

EmotionScores = Mapping[Emotion, float]


@dataclass(frozen=True)
class Reading:
    """The emotion and the mood of one set of scores; both sets of scores sum to what went in."""

    emotion: Emotion
    emotion_scores: dict[Emotion, float]
    mood: Mood
    mood_scores: dict[Mood, float]


def read_mood(scores: EmotionScores) -> Reading:
    """Read seven or eight emotion scores: the strongest of the seven leads, the sums only weigh."""
    seven = fold_to_seven(scores)
    emotion = max(SEVEN_EMOTIONS, key=seven.__getitem__)
    return Reading(emotion, seven, MOOD_OF[emotion], sum_by_mood(seven))


def fold_to_seven(scores: EmotionScores) -> dict[Emotion, float]:
    """Add contempt to disgust. Absent emotions count as 0; the result is in vocabulary order."""
    seven = dict.fromkeys(SEVEN_EMOTIONS, 0.0)
    for emotion, score in scores.items():
        seven[FOLDED.get(emotion, emotion)] += score
    return seven


def sum_by_mood(scores: EmotionScores) -> dict[Mood, float]:
    """Sum the scores of the emotions of each mood."""
    moods = dict.fromkeys(MOODS, 0.0)
    for emotion, score in scores.items():
        moods[MOOD_OF[emotion]] += score
    return moods


def mean_scores(faces: Iterable[EmotionScores]) -> dict[Emotion, float]:
    """Average the scores of several faces, each of which knows the same emotions. Raises for no face."""
    rows = list(faces)
    return {emotion: fmean(row[emotion] for row in rows) for emotion in rows[0]}


def emotions_of(mood: Mood) -> list[Emotion]:
    """List the emotions that lead to a mood, in vocabulary order."""
    return [emotion for emotion, its_mood in MOOD_OF.items() if its_mood is mood]
