import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.normalisation import normalise
from recommender.domain.track import song_id


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Beyoncé", "beyonce"),
        ("AC/DC", "ac dc"),
        ("  The   B-52's ", "the b 52 s"),
        ("Straße", "strasse"),
        ("snake_case 100%", "snake case 100"),
        ("宇多田ヒカル", "宇多田ヒカル"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("❤", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("artist", "title", "known"),
    [
        ("P!nk", "So What", "859e1d1e8083"),
        ("Fjørt", "Valhalla", "5f0d3a3d41de"),
        ("Guns N' Roses", "Don'T Cry", "15c6c5f606bd"),
        ("宇多田ヒカル", "東京ナイツ", "75dcd965c2e0"),
    ],
)
def test_ids_of_songs_stay(artist: str, title: str, known: str) -> None:
    assert song_id(artist, title) == known


@given(st.text())
def test_normalised_text_has_only_letters_digits_and_single_spaces(text: str) -> None:
    assert all(word.isalnum() for word in normalise(text).split(" ") if word)
    assert normalise(text) == " ".join(normalise(text).split())


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_case_makes_no_difference(text: str) -> None:
    assert normalise(text.upper()) == normalise(text.lower())
