import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.likeness import least_likeness, likenesses, shared_at_least, swapped, trigrams


def likeness(typed: str, word: str, songs: int = 0) -> int:
    return next(likenesses(typed, [word], least_likeness(songs)))


WORDS = st.text("abcdefghijklmnopqrstuvwxyzß東京", min_size=1, max_size=20)


def test_a_word_has_one_trigram_more_than_letters_unless_they_repeat() -> None:
    assert len(trigrams("beatles")) == 8
    assert len(trigrams("aaaaaa")) == 4
    assert trigrams("ab").isdisjoint(trigrams("ba"))


@given(WORDS)
def test_trigrams_fit_a_signed_column_of_64_bits(word: str) -> None:
    assert all(0 < run < 2**63 for run in trigrams(word + "\U0010ffff"))


@pytest.mark.parametrize(
    ("typed", "meant"),
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
def test_typing_errors_and_parts_of_words_are_recognised(typed: str, meant: str) -> None:
    shared = trigrams(typed) & trigrams(meant)
    assert len(shared) >= shared_at_least(len(trigrams(typed)))
    assert 0 < likeness(typed, meant) < 100


@pytest.mark.parametrize(("typed", "other"), [("night", "right"), ("love", "live"), ("day", "bay"), ("cat", "dog")])
def test_for_a_common_word_other_words_are_other_words(typed: str, other: str) -> None:
    assert likeness(typed, other, songs=10) == 0


@pytest.mark.parametrize(("typed", "meant"), [("abda", "abba"), ("qbba", "abba"), ("wueen", "queen")])
def test_a_word_that_no_song_holds_may_have_one_wrong_letter_of_four(typed: str, meant: str) -> None:
    assert likeness(typed, meant) >= 75
    assert len(trigrams(typed) & trigrams(meant)) >= shared_at_least(len(trigrams(typed)))


def test_two_letters_of_a_short_word_may_be_swapped() -> None:
    assert "love" in swapped("lvoe")
    assert "the" in swapped("teh")
    assert swapped("ab") == swapped("beatels") == swapped("aaaa") == set()


@given(WORDS, WORDS)
def test_only_equal_words_are_fully_alike(typed: str, word: str) -> None:
    score = likeness(typed, word)
    assert 0 <= score <= 100
    assert (score == 100) == (typed == word)
    assert score == 0 or score >= 75 or typed in word
