import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.similarity import (
    MIN_SIMILARITY,
    WORD_LENGTH,
    min_shared,
    similarities,
    trigrams_of,
    typed_words,
    words_of,
)


def similarity(typed: str, word: str) -> int:
    return next(similarities(typed, [word]))


WORDS = st.text("abcdefghijklmnopqrstuvwxyzß東京", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AC/DC Back in Black", {"ac", "dc", "acdc", "back", "in", "black"}),
        ("Don't  Stop", {"don", "t", "dont", "stop"}),
        ("R.E.M.", {"r", "e", "m", "rem"}),
        ("❤", set()),
        ("x" * 300, {"x" * WORD_LENGTH}),
    ],
)
def test_words_are_found_with_and_without_punctuation(text: str, found: set[str]) -> None:
    assert words_of(text) == found


@given(st.text(max_size=50))
def test_every_typed_word_is_a_word_of_the_text(text: str) -> None:
    assert set(typed_words(text)) <= words_of(text)


def test_a_word_has_one_trigram_more_than_letters_unless_they_repeat() -> None:
    assert len(trigrams_of("beatles")) == 8
    assert len(trigrams_of("aaaaaa")) == 4
    assert trigrams_of("ab").isdisjoint(trigrams_of("ba"))


@given(WORDS)
def test_trigrams_fit_a_signed_column_of_64_bits(word: str) -> None:
    assert all(0 < run < 2**63 for run in trigrams_of(word + "\U0010ffff"))


@pytest.mark.parametrize(
    ("typed", "correct"),
    [
        *[("beatels", "beatles"), ("rapsody", "rhapsody"), ("quen", "queen"), ("metalica", "metallica")],
        *[("colplay", "coldplay"), ("shakria", "shakira"), ("beyonse", "beyonce"), ("nirvna", "nirvana")],
        *[
            ("boheman", "bohemian"),
            ("hallo", "hello"),
            ("qeuen", "queen"),
            ("fuond", "found"),
            ("ab", "abba"),
            ("songs", "song"),
            ("bohem", "bohemian"),
            ("land", "disneyland"),
        ],
    ],
)
def test_typing_errors_and_parts_of_words_are_recognised(typed: str, correct: str) -> None:
    shared = trigrams_of(typed) & trigrams_of(correct)
    assert len(shared) >= min_shared(len(trigrams_of(typed)))
    assert 0 < similarity(typed, correct) < 100


@pytest.mark.parametrize(("typed", "other"), [("love", "live"), ("love", "move"), ("day", "bay"), ("cat", "dog")])
def test_different_words_are_not_similar(typed: str, other: str) -> None:
    assert similarity(typed, other) == 0


@given(WORDS, WORDS)
def test_only_equal_words_have_similarity_100(typed: str, word: str) -> None:
    score = similarity(typed, word)
    assert 0 <= score <= 100
    assert (score == 100) == (typed == word)
    assert score == 0 or score >= MIN_SIMILARITY or typed in word
