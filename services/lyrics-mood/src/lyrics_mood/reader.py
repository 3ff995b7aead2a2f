"""Texts to mood scores, language, explicit flag and trust. The route and score_batch both use it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lyrics_mood.classifier import Scores, load_classifier
from lyrics_mood.explicit import is_explicit
from lyrics_mood.language import LanguageDetector

# The model that scores the mood of single words. It is in the same ONNX file as the default model.
WORDS_MODEL = "lyrics-words"
TRAINING_LANGUAGE = "en"
DECIMALS = 6  # of scores and coverage in responses


@dataclass(frozen=True)
class TextReading:
    """One text's scores, float32 (4,) in the order of MOODS, language (ISO 639-1, None if uncertain) and explicit flag.

    `scores` come from the served model, `word_scores` from the model of single words. `word_scores` is None if the
    served model's file does not contain that model.
    """

    scores: Scores
    word_scores: Scores | None
    language: str | None
    explicit: bool


class Trust(NamedTuple):
    """The share of a text's words that the model knows, 0 to 1 with 6 decimals, and whether its scores are trusted."""

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
        """Return one reading per text, in the order of the texts. Leave out texts without words: they have no mood."""
        scores = self._classifier.all_scores(texts)
        by_words = scores.get(WORDS_MODEL, [None] * len(texts))
        return [
            TextReading(row, words, self._languages.detect(text), is_explicit(text))
            for text, row, words in zip(texts, scores[self.model], by_words, strict=True)
        ]

    # Not part of `read`, because it adds a tenth to the time of a text and score_batch does not need it.
    def trust(self, text: str, language: str | None) -> Trust:
        """Return the coverage of a text in this language, and whether its scores are trusted."""
        coverage = round(self._classifier.coverage(text), DECIMALS)
        return Trust(coverage, is_trusted(language, coverage, self._classifier.trusted_coverage))


def is_trusted(language: str | None, coverage: float, least_coverage: float) -> bool:
    """Return whether a text is in English or in an uncertain language, and the model knows enough of its words.

    An uncertain language may pass, because the models know only English words: other languages have a low coverage.
    """
    return language in (TRAINING_LANGUAGE, None) and coverage >= least_coverage
