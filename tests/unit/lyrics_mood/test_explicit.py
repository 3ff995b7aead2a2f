"""is_explicit: strong words are found, and words that only look like them are not."""

import pytest

from lyrics_mood.explicit import is_explicit


@pytest.mark.parametrize(
    "text",
    [
        "what the Fuck is this",
        "motherfuckin' muthafuckas",
        "no BULLSHIT, no shit",
        "that shit's over",
        "bitches and bitchin'",
        "nigga please, niggaz",
        "\uff46\uff55\uff43\uff4b you",
        "f**k you, b**** and sh*t",
        "you asshole",
    ],
)
def test_strong_words_are_found_with_their_inflections(text: str) -> None:
    assert is_explicit(text)


@pytest.mark.parametrize(
    "text",
    [
        "damn, what the hell, god damn it, kick his ass",
        "the last train to Scunthorpe",
        "what's new pussycat, puss in boots",
        "cocktails with Hitchcock, Dick Tracy and a peacock",
        "a shiitake on the mat, lipshitz",
        "aishiteru, toshite",
        "he sniggers and niggles and is niggardly",
        "assess the class, it passes",
        "chorus ** and *** stars",
        "Mañana vamos a caminar",
        "",
    ],
)
def test_mild_words_and_words_that_look_similar_are_not_explicit(text: str) -> None:
    assert not is_explicit(text)
