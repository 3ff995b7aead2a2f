import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.similarity import min_shared, min_similarity, similarities, swapped, trigrams_of

COMMON = 10


def similarity(typed: str, word: str, songs: int = 0) -> int:
    return next(similarities(typed, [word], min_similarity(songs)))


WORDS = st.text("abcdefghijklmnopqrstuvwxyzß東京", min_size=1, max_size=20)


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


@pytest.mark.parametrize(("typed", "other"), [("night", "right"), ("love", "live"), ("day", "bay"), ("cat", "dog")])
def test_different_words_are_not_similar_to_a_common_word(typed: str, other: str) -> None:
    assert similarity(typed, other, songs=COMMON) == 0


@pytest.mark.parametrize(("typed", "correct"), [("abda", "abba"), ("qbba", "abba"), ("wueen", "queen")])
def test_a_word_of_no_song_may_have_one_wrong_letter_of_four(typed: str, correct: str) -> None:
    assert similarity(typed, correct) >= min_similarity(0)
    assert len(trigrams_of(typed) & trigrams_of(correct)) >= min_shared(len(trigrams_of(typed)))


def test_the_more_songs_contain_a_typed_word_the_less_is_forgiven() -> None:
    assert min_similarity(0) < min_similarity(1) < min_similarity(COMMON) == min_similarity(5_000)


def test_two_letters_of_a_short_word_may_be_swapped() -> None:
    assert "love" in swapped("lvoe")
    assert "the" in swapped("teh")
    assert swapped("ab") == swapped("beatels") == swapped("aaaa") == set()


@given(WORDS, WORDS)
def test_only_equal_words_have_similarity_100(typed: str, word: str) -> None:
    score = similarity(typed, word)
    assert 0 <= score <= 100
    assert (score == 100) == (typed == word)
    assert score == 0 or score >= min_similarity(0) or typed in word
