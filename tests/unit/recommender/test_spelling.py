import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.spelling import CONNECTIVES, chunks, spelling_key, without_connectives


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Beyoncé HALO", [["beyonce"], ["halo"]]),
        ("AC/DC Back", [["ac", "dc"], ["back"]]),
        ("Don't don’t dont", [["dont"], ["dont"], ["dont"]]),
        ("Rock 'n' Roll", [["rock"], ["n"], ["roll"]]),
        ("Rock'n'Roll", [["rock"], ["n"], ["roll"]]),
        ("Guns N' Roses", [["guns"], ["n"], ["roses"]]),
        ("P!nk Help!", [["pink"], ["help"]]),
        ("Ke$ha A$$ $ign $100", [["kesha"], ["ass"], ["sign"], ["100"]]),
        ("Fjørt Ænema Łódź scheiße Sigur Rós", [["fjort"], ["aenema"], ["lodz"], ["scheisse"], ["sigur"], ["ros"]]),
        ("Вьюга Ёлка", [["вьюга"], ["елка"]]),
        ("Άνοιξη τους", [["ανοιξη"], ["τουσ"]]),
        ("東京 ナイツA", [["東"], ["京"], ["ナ"], ["イ"], ["ツ"], ["a"]]),
        ("& + / ♥", []),
    ],
)
def test_all_spellings_have_the_same_words(text: str, words: list[list[str]]) -> None:
    assert chunks(text) == words


@given(st.text())
def test_words_are_letters_and_digits(text: str) -> None:
    assert all(word.isalnum() and len(part) > 0 for part in chunks(text) for word in part)


@given(st.text(st.characters(max_codepoint=127)))
def test_case_makes_no_difference(text: str) -> None:
    assert chunks(text.upper()) == chunks(text.lower())


def test_connectives_are_left_out_unless_there_are_no_other_words() -> None:
    assert without_connectives({"simon", "and", "garfunkel"}) == {"simon", "garfunkel"}
    assert without_connectives({"the"}) == {"the"}
    assert without_connectives(set()) == set()


@pytest.mark.parametrize(
    "spellings",
    [
        ["P!nk", "Pink", "P!NK", " pink "],
        ["Ke$ha", "Kesha"],
        ["2Pac", "2 Pac"],
        ["Beyoncé", "BEYONCE"],
        ["The Mamas & the Papas", "Mamas and Papas", "The Mamas + The Papas"],
        ["Guns N' Roses", "Guns and Roses", "Guns & Roses"],
        ["AC/DC", "AC-DC", "acdc"],
        ["M.I.A.", "MIA"],
        ["Rihanna feat. Jay-Z", "Rihanna ft. Jay Z", "rihanna featuring jayz", "Rihanna x JAY-Z"],
        ["Lil Nas X", "lil nas x"],
    ],
)
def test_spellings_of_a_name_share_a_key(spellings: list[str]) -> None:
    assert len({spelling_key(each) for each in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("!!!", "???"), ("Lil Nas X", "Lil Nas"), ("Artist", "Artist 24"), ("Wham!", "Whami")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@pytest.mark.parametrize("connective", sorted(CONNECTIVES))
def test_a_name_may_consist_of_a_connective(connective: str) -> None:
    assert spelling_key(connective) == connective
