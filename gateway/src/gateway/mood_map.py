"""The table from emotions to moods, and the functions that apply it."""

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
# Contempt, the eighth emotion, counts as the most similar of the seven.
FOLDED: Mapping[Emotion, Emotion] = {Emotion.CONTEMPT: Emotion.DISGUST}

EmotionScores = Mapping[Emotion, float]


@dataclass(frozen=True)
class Reading:
    """The strongest emotion and its mood, and the scores of all emotions and of all moods, which have the same sum."""

    emotion: Emotion
    emotion_scores: dict[Emotion, float]
    mood: Mood
    mood_scores: dict[Mood, float]


def read_mood(scores: EmotionScores) -> Reading:
    """Derive the emotion and the mood from the scores of seven or eight emotions.

    The mood is the one of the strongest of the seven emotions, even if the scores of another mood have a higher sum.
    """
    seven = fold_to_seven(scores)
    emotion = max(SEVEN_EMOTIONS, key=seven.__getitem__)
    return Reading(emotion, seven, MOOD_OF[emotion], sum_by_mood(seven))


def fold_to_seven(scores: EmotionScores) -> dict[Emotion, float]:
    """Return the scores of the seven emotions, in vocabulary order. Contempt is added to disgust; no score means 0."""
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
    """Return the mean scores of faces that all have the same emotions. Raises IndexError if there are no faces."""
    rows = list(faces)
    return {emotion: fmean(row[emotion] for row in rows) for emotion in rows[0]}


def emotions_of(mood: Mood) -> list[Emotion]:
    """List the emotions that lead to a mood, in vocabulary order."""
    return [emotion for emotion, target in MOOD_OF.items() if target is mood]
