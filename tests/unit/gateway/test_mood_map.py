import pytest

from gateway.mood_map import MOOD_OF, emotions_of, fold_to_seven, mean_scores, read_mood
from musicalface_common.vocabulary import EIGHT_EMOTIONS, MOODS, SEVEN_EMOTIONS, Emotion, Mood

MAPPING = [
    ("angry", "angry"),
    ("disgust", "angry"),
    ("fear", "sad"),
    ("happy", "happy"),
    ("sad", "sad"),
    ("surprise", "relaxed"),
    ("neutral", "relaxed"),
    ("contempt", "angry"),
]


@pytest.mark.parametrize(("emotion", "mood"), MAPPING)
def test_each_emotion_alone_leads_to_its_mood(emotion: str, mood: str) -> None:
    reading = read_mood({Emotion(emotion): 1.0})
    assert reading.mood == mood
    assert reading.mood_scores == {each: float(each == mood) for each in MOODS}


def test_every_emotion_has_a_mood_and_every_mood_an_emotion() -> None:
    assert set(MOOD_OF) == set(EIGHT_EMOTIONS)
    assert [emotion for mood in MOODS for emotion in emotions_of(mood)] == [
        "angry", "disgust", "contempt", "fear", "sad", "happy", "surprise", "neutral",
    ]  # fmt: skip


def test_mood_scores_are_the_sums_of_their_emotions_in_the_vocabulary_s_order() -> None:
    scores = dict(zip(EIGHT_EMOTIONS, (0.1, 0.05, 0.15, 0.2, 0.1, 0.15, 0.2, 0.05), strict=True))
    reading = read_mood(scores)
    assert list(reading.mood_scores) == list(MOODS)
    assert reading.mood_scores == pytest.approx({"angry": 0.2, "sad": 0.25, "happy": 0.2, "relaxed": 0.35})


def test_the_strongest_emotion_decides_even_if_another_mood_has_a_higher_sum() -> None:
    scores = {Emotion.HAPPY: 0.4, Emotion.FEAR: 0.3, Emotion.SAD: 0.3}
    reading = read_mood(scores)
    assert (reading.emotion, reading.mood) == (Emotion.HAPPY, Mood.HAPPY)
    assert max(reading.mood_scores, key=reading.mood_scores.__getitem__) is Mood.SAD


def test_contempt_counts_as_disgust_among_the_seven() -> None:
    scores = {Emotion.DISGUST: 0.25, Emotion.CONTEMPT: 0.25, Emotion.HAPPY: 0.4, Emotion.SAD: 0.1}
    reading = read_mood(scores)
    assert list(reading.emotion_scores) == list(SEVEN_EMOTIONS)
    assert reading.emotion_scores[Emotion.DISGUST] == pytest.approx(0.5)
    assert reading.emotion is Emotion.DISGUST


def test_folding_keeps_the_sum() -> None:
    assert sum(fold_to_seven(dict.fromkeys(EIGHT_EMOTIONS, 0.125)).values()) == pytest.approx(1)


def test_a_tie_goes_to_the_first_in_the_vocabulary() -> None:
    assert read_mood({Emotion.SURPRISE: 0.5, Emotion.FEAR: 0.5}).emotion is Emotion.FEAR


def test_several_faces_are_averaged() -> None:
    mean = mean_scores([{Emotion.HAPPY: 1.0, Emotion.SAD: 0.0}, {Emotion.HAPPY: 0.5, Emotion.SAD: 0.5}])
    assert mean == {Emotion.HAPPY: 0.75, Emotion.SAD: 0.25}
