"""Whether a mood that was read off a text may be relied on."""

TRAINED_ON = "en"


def is_trusted(language: str | None, coverage: float, least: float) -> bool:
    """Tell whether a model can read a text: not in another language, and enough of its words known.

    A language that is not certain is left to the words: what the models know is English. `least` is the model's own.
    """
    return language in (TRAINED_ON, None) and coverage >= least
