"""Texts in; moods, language, explicit flag and trust out: for the route and for score_batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lyrics_mood.classifier import Scores, load_classifier
from lyrics_mood.explicit import is_explicit
from lyrics_mood.language import LanguageDetector

# The model, in the file of the default one, that scores the mood of single words.
WORDS = "lyrics-words"
TRAINED_ON = "en"
DECIMALS = 6  # of scores and coverage in answers


@dataclass(frozen=True)
class TextReading:
    """One text's scores, float32 (4,) in the order of MOODS, language (ISO 639-1, None if uncertain) and explicit flag.

    `scores` are of the served model, `word_scores` of the model of single words; None if the file has no such model.
    """

    scores: Scores
    word_scores: Scores | None
    language: str | None
    explicit: bool


class Trust(NamedTuple):
    """Share of a text's words that the model knows, 0 to 1 with 6 decimals, and whether its scores are trusted."""

    coverage: float
    trusted: bool


class Reader:
    """A classifier with a language detector. Several threads may share one.

    Raises ModelError if the model cannot be loaded. `model` is its name, with the alias resolved.
    """

    def __init__(self, model: str) -> None:
        self._classifier = load_classifier(model)
        self._languages = LanguageDetector()
        self.model = self._classifier.name

    def read(self, texts: Sequence[str]) -> list[TextReading]:
        """Read n texts, in their order. Scores of a text without words mean nothing: leave such texts out."""
        scores = self._classifier.all_scores(texts)
        by_words = scores.get(WORDS, [None] * len(texts))
        return [
            TextReading(row, words, self._languages.detect(text), is_explicit(text))
            for text, row, words in zip(texts, scores[self.model], by_words, strict=True)
        ]

    # Not part of `read`, because it adds a tenth to the time of a text and score_batch does not need it.
    def trust(self, text: str, language: str | None) -> Trust:
        """Return how far the model can read a text that is in this language."""
        coverage = round(self._classifier.coverage(text), DECIMALS)
        return Trust(coverage, is_trusted(language, coverage, self._classifier.trusted_coverage))


def is_trusted(language: str | None, coverage: float, least_coverage: float) -> bool:
    """Return whether a text is in English or in an uncertain language, and the model knows enough of its words.

    An uncertain language passes because the models know English words only: coverage tells other languages apart.
    """
    return language in (TRAINED_ON, None) and coverage >= least_coverage
