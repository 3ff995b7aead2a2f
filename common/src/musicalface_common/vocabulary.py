"""Emotions and moods. Their order must not change: model outputs and responses follow it."""

from enum import StrEnum


class Emotion(StrEnum):
    """The seven emotions of FER2013 in its label order (Goodfellow et al. 2013), then contempt from FERPlus."""

    ANGRY = "angry"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPY = "happy"
    SAD = "sad"
    SURPRISE = "surprise"
    NEUTRAL = "neutral"
    CONTEMPT = "contempt"


class Mood(StrEnum):
    """The quadrants of Russell's valence-arousal plane as MoodyLyrics names them (Çano & Morisio 2017)."""

    ANGRY = "angry"
    SAD = "sad"
    HAPPY = "happy"
    RELAXED = "relaxed"


SEVEN_EMOTIONS: tuple[Emotion, ...] = tuple(Emotion)[:7]
EIGHT_EMOTIONS: tuple[Emotion, ...] = tuple(Emotion)
MOODS: tuple[Mood, ...] = tuple(Mood)
