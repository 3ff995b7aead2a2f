"""The reader: scores, language and explicit flag of texts, and whether the scores can be trusted."""

import numpy as np
import pytest

from lyrics_mood.classifier import load_classifier
from lyrics_mood.reader import Reader, is_trusted

LEAST = 0.85
ENGLISH = "They walk along the river today and they all talk shit about the weather of the morning"
GERMAN = "Morgen gehen wir durch die Stadt, denn heute ist es hier sehr kalt"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader("default")


def test_readings_are_in_the_order_of_the_texts(reader: Reader) -> None:
    readings = reader.read([ENGLISH, GERMAN])
    assert [(reading.language, reading.explicit) for reading in readings] == [("en", True), ("de", False)]
    scores = load_classifier().all_scores([ENGLISH, GERMAN])
    for row, reading in enumerate(readings):
        np.testing.assert_array_equal(reading.scores, scores["lyrics-mood"][row])
        assert reading.word_scores is not None
        np.testing.assert_array_equal(reading.word_scores, scores["lyrics-words"][row])


def test_no_texts_give_no_readings(reader: Reader) -> None:
    assert reader.read([]) == []


def test_a_file_without_the_model_of_single_words_gives_no_word_scores() -> None:
    (reading,) = Reader("reference").read([ENGLISH])
    assert reading.word_scores is None


def test_the_model_s_name_is_not_an_alias(reader: Reader) -> None:
    assert reader.model == "lyrics-mood"


def test_trust_depends_on_language_and_coverage(reader: Reader) -> None:
    assert reader.trust("we walk along", "en") == (1, True)
    assert reader.trust("we walk along", "de") == (1, False)
    assert reader.trust("we zzqxa zzqxb", None) == (0.333333, False)


@pytest.mark.parametrize(
    ("language", "coverage", "trusted"),
    [
        ("en", 1, True),
        ("en", LEAST, True),
        ("en", LEAST - 0.01, False),
        ("de", 1, False),
        (None, 1, True),
        (None, 0, False),
    ],
)
def test_trust_needs_english_and_known_words(language: str | None, coverage: float, trusted: bool) -> None:
    assert is_trusted(language, coverage, LEAST) is trusted
