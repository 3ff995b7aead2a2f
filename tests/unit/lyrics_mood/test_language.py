"""The language detector."""

import pytest

from lyrics_mood.language import LanguageDetector


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We walk along the wonderful river today and the morning brings us something new", "en"),
        ("Morgen gehen wir durch die Stadt, denn heute ist es hier sehr kalt", "de"),
        ("Mañana vamos a caminar por la ciudad, porque hoy hace mucho frío aquí", "es"),
        ("Сегодня хорошая погода, и мы идем гулять", "ru"),
        ("na na na", None),
        ("", None),
        ("1234 !!!", None),
    ],
)
def test_a_language_is_returned_only_if_it_is_certain(
    detector: LanguageDetector, text: str, language: str | None
) -> None:
    assert detector.detect(text) == language


def test_a_language_without_a_two_letter_code_is_never_returned(detector: LanguageDetector) -> None:
    assert detector.detect("Una note de segóndu, a nòstra bælla Zena a l'é sciâ in sciô mâ, e mi ghe veuggio ben") in (
        None,
        "it",
    )


def test_only_the_first_1000_characters_count(detector: LanguageDetector) -> None:
    assert detector.detect("the morning brings us something new " * 40 + "heute ist es kalt " * 2000) == "en"
