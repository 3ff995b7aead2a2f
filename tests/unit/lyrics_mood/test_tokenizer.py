"""The tokenizer: words, their numbers and their order. Trained models depend on all three."""

import numpy as np
import pytest

from lyrics_mood.tokenizer import Tokenizer, has_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't STOP, don't stop!", ["don't", "stop", "don't", "stop"]),
        ("don\u2019t don\u2018t don`t", ["don't", "don't", "don't"]),
        ("lovin' 'cause rock'n'roll", ["lovin", "cause", "rock'n'roll"]),
        ("la-la 24/7 x2", ["la", "la", "x"]),
        ("Stra\u00dfe \ufb01re Cafe\u0301", ["strasse", "fire", "caf\u00e9"]),
        ("\u041b\u044e\u0431\u043e\u0432\u044c 愛している", ["\u043b\u044e\u0431\u043e\u0432\u044c", "愛している"]),
        ("\n\t  ... 1234 !!! _", []),
        ("", []),
    ],
)
def test_a_text_is_split_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert has_words(text) is bool(expected)


def test_padding_comes_before_the_words() -> None:
    tokens = Tokenizer(["love", "me"], 5).encode(["Love me, tender", "me"])
    assert tokens.dtype == np.int32
    assert tokens.tolist() == [[0, 0, 2, 3, 1], [0, 0, 0, 0, 3]]


def test_a_long_text_keeps_its_first_words() -> None:
    tokenizer = Tokenizer(["one", "two", "three"], 2)
    assert tokenizer.encode(["one two three"]).tolist() == [[2, 3]]


def test_no_texts_and_a_text_without_words_can_be_encoded() -> None:
    tokenizer = Tokenizer(["one"], 3)
    assert tokenizer.encode([]).shape == (0, 3)
    assert tokenizer.encode(["123"]).tolist() == [[0, 0, 0]]


@pytest.mark.parametrize(("text", "share"), [("one two two four", 0.75), ("eins zwei", 0), ("123", 0), ("ONE", 1)])
def test_coverage_is_the_share_of_known_words(text: str, share: float) -> None:
    assert Tokenizer(["one", "two"], 2).coverage(text) == share
