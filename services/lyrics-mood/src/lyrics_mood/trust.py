"""Whether a mood that was read off a text may be relied on."""

TRAINED_ON = "en"
# By the reference vocabulary 99 of 100 English lyrics reach this share, and of lyrics in other languages 6 of 100.
COVERAGE = 0.5


def is_trusted(language: str | None, coverage: float) -> bool:
    """Tell whether the model can read a text: not in another language, and enough of its words known.

    A language that is not certain is left to the words: what the model knows is English.
    """
    return language in (TRAINED_ON, None) and coverage >= COVERAGE
