"""The order of labels must not change: with another order, the outputs of a model get wrong labels."""

from musicalface_common.vocabulary import EIGHT_EMOTIONS, MOODS, SEVEN_EMOTIONS


def test_emotions_stand_in_fer2013_order() -> None:
    assert SEVEN_EMOTIONS == ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


def test_contempt_comes_last() -> None:
    assert (*SEVEN_EMOTIONS, "contempt") == EIGHT_EMOTIONS


def test_moods_stand_in_the_order_of_the_models() -> None:
    assert MOODS == ("angry", "sad", "happy", "relaxed")
