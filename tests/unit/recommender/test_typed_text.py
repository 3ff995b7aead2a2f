import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.similarity import WORD_LENGTH
from recommender.domain.typed_text import typed_words


def words(text: str) -> list[str]:
    return [typed.word for typed in typed_words(text)]


def spellings(text: str, word: str) -> frozenset[str]:
    return next(typed.spellings for typed in typed_words(text) if typed.word == word)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("simon & garfunkel", ["simon", "garfunkel"]),
        ("simon and garfunkel", ["simon", "garfunkel"]),
        ("guns 'n' roses", ["guns", "roses"]),
        ("umbrella rihanna ft. jay-z", ["umbrella", "rihanna", "jay", "z"]),
        ("halo by beyoncé", ["halo", "beyonce"]),
        ("love love LOVE", ["love"]),
        ("the the", ["the"]),
        ("With or Without You", ["or", "without", "you"]),
        ("M.I.A. paper planes", ["mia", "paper", "planes"]),
        ("hey jude - remastered 2015", ["hey", "jude"]),
        ("hey jude (2015 Remaster)", ["hey", "jude"]),
        ("hey jude remastered 2009 beatles", ["hey", "jude", "beatles"]),
        ("ace of spades radio edit", ["ace", "of", "spades"]),
        ("remastered", ["remastered"]),
        ("radio ga ga", ["radio", "ga"]),
        ("1999 prince", ["1999", "prince"]),
        ("hello (live)", ["hello", "live"]),
        ("x" * 200, ["x" * WORD_LENGTH]),
        ("❤ & !", []),
        ("", []),
    ],
)
def test_the_words_that_tell_a_song_are_looked_for(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    ("text", "word", "spelling"),
    [
        ("2 pac", "2", "2pac"),
        ("2 pac", "pac", "2pac"),
        ("ac/dc", "ac", "acdc"),
        ("cold play", "play", "coldplay"),
        ("r e m", "e", "rem"),
        ("n sync", "sync", "nsync"),
        ("nothing compares to you", "you", "u"),
        ("nothing compares to you", "to", "2"),
        ("4 non blondes", "4", "four"),
        ("seven nation army", "seven", "7"),
    ],
)
def test_a_word_knows_how_else_it_is_written(text: str, word: str, spelling: str) -> None:
    assert spelling in spellings(text, word)


@given(st.text())
def test_any_text_can_be_typed(text: str) -> None:
    found = words(text)
    assert len(set(found)) == len(found)
    assert all(0 < len(word) <= WORD_LENGTH for word in found)
    assert bool(found) == any(map(str.isalnum, "".join(found)))
