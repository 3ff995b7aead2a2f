import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.similarity import WORD_LENGTH
from recommender.domain.song_words import words_of_song
from recommender.domain.typed_text import typed_words

NAMES = st.text(max_size=50)


def test_words_know_their_place() -> None:
    song = words_of_song("Eminem feat. Rihanna", "Love the Way You Lie (Part II)")
    assert song.artist.words == {"eminem"}
    assert song.title.words == {"love", "way", "you", "lie"}
    assert song.all > {"eminem", "feat", "rihanna", "the", "part", "ii"}


@pytest.mark.parametrize(
    ("artist", "title", "letters"),
    [
        ("Queen", "Bohemian Rhapsody", (5, 16)),
        ("The Beatles", "Help!", (7, 4)),
        ("M.I.A.", "Bye Bye Bye", (3, 3)),
        ("AC/DC", "(I Can't Get No) Satisfaction", (4, 12)),
        ("The The", "(Intro)", (3, 5)),
        ("fun. feat. Janelle Monae", "We Are Young [Live] (feat. X)", (3, 10)),
        ("!!!", "???", (1, 1)),
        ("結束バンド", "東京", (5, 2)),
    ],
)
def test_letters_are_those_that_mean_all_of_a_name(artist: str, title: str, letters: tuple[int, int]) -> None:
    song = words_of_song(artist, title)
    assert (song.artist.letters, song.title.letters) == letters


@pytest.mark.parametrize(
    ("artist", "title", "joined"),
    [
        ("AC/DC", "Back", {"acdc"}),
        ("R.E.M.", "U. S. A.", {"rem", "usa"}),
        ("Jay Z", "99 Problems", {"jayz"}),
        ("Sum 41", "In Too Deep", {"sum41"}),
        ("Sailor鄧mel", "Yes", {"sailor", "鄧", "mel"}),
    ],
)
def test_words_that_people_join_are_also_one(artist: str, title: str, joined: set[str]) -> None:
    assert joined <= words_of_song(artist, title).all


@given(NAMES, NAMES)
def test_no_word_is_empty_or_too_long_for_its_column(artist: str, title: str) -> None:
    song = words_of_song(artist, title)
    assert all(0 < len(word) <= WORD_LENGTH for word in song.all)
    assert song.artist.words | song.title.words <= song.all


@given(NAMES, NAMES)
def test_each_word_of_a_typed_name_is_a_word_of_the_song(artist: str, title: str) -> None:
    song = words_of_song(artist, title)
    assert all({typed.word, *typed.spellings} & song.all for typed in typed_words(f"{artist} {title}"))
