import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.normalisation import artist_key, normalise


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


@given(st.text())
def test_normalised_text_has_only_letters_digits_and_single_spaces(text: str) -> None:
    assert all(word.isalnum() for word in normalise(text).split(" ") if word)
    assert normalise(text) == " ".join(normalise(text).split())


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_case_makes_no_difference(text: str) -> None:
    assert normalise(text.upper()) == normalise(text.lower())


def test_spellings_of_an_artist_share_a_key_and_names_without_letters_differ() -> None:
    assert artist_key("BEYONCE") == artist_key("Beyoncé")
    assert artist_key("!!!") != artist_key("???")
