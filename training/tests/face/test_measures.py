"""The protocols that classifiers are measured by, and the page that compares them."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from musicalface_common.vocabulary import EIGHT_EMOTIONS, MOODS, SEVEN_EMOTIONS, Emotion
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.evaluation_set import EvaluationSet, label_split
from musicalface_training.face.data.fer2013 import Faces, SplitName
from musicalface_training.face.evaluation.classifiers import Classifier
from musicalface_training.face.evaluation.comparison import Row, compare, f1_by_emotion, header
from musicalface_training.face.evaluation.measures import TO_SEVEN, measure
from musicalface_training.face.evaluation.page import write_comparison

ANGRY, DISGUST, HAPPY, SURPRISE, NEUTRAL, CONTEMPT = (
    EIGHT_EMOTIONS.index(emotion)
    for emotion in (
        Emotion.ANGRY,
        Emotion.DISGUST,
        Emotion.HAPPY,
        Emotion.SURPRISE,
        Emotion.NEUTRAL,
        Emotion.CONTEMPT,
    )
)
UNKNOWN = 8


def _crops(count: int) -> npt.NDArray[np.uint8]:
    return np.zeros((count, 48, 48), np.uint8)


def _votes(*rows: dict[int, int]) -> npt.NDArray[np.int64]:
    votes = np.zeros((len(rows), 10), np.int64)
    for row, counts in enumerate(rows):
        for emotion, count in counts.items():
            votes[row, emotion] = count
    return votes


def _scores(*rows: dict[int, float], emotions: int = 8) -> npt.NDArray[np.float32]:
    scores = np.zeros((len(rows), emotions), np.float32)
    for row, shares in enumerate(rows):
        scores[row, list(shares)] = list(shares.values())
    return scores


@pytest.fixture
def faces() -> EvaluationSet:
    """Four faces: happy, contempt, unknown (does not count), neutral; FER2013: happy, angry, disgust, surprise."""
    votes = _votes({HAPPY: 10}, {CONTEMPT: 9, HAPPY: 1}, {UNKNOWN: 10}, {NEUTRAL: 6, SURPRISE: 4})
    labels = np.array([HAPPY, ANGRY, DISGUST, SURPRISE])
    return label_split(Faces(_crops(4), labels), votes, SplitName.PRIVATE)


def test_faces_count_by_the_authors_protocol(faces: EvaluationSet) -> None:
    assert faces.seen.tolist() == [HAPPY, CONTEMPT, -1, NEUTRAL]
    assert faces.counts.tolist() == [True, True, False, True]


def test_a_split_of_which_no_face_counts_is_refused() -> None:
    split = Faces(_crops(1), np.array([HAPPY]))
    with pytest.raises(DatasetError, match="no face of PublicTest counts"):
        label_split(split, _votes({HAPPY: 5, NEUTRAL: 5}), SplitName.PUBLIC)


def test_eight_emotions_are_measured_on_faces_that_count_and_fer2013_on_all(faces: EvaluationSet) -> None:
    # The second face is contempt among eight; folded, its disgust is the strongest of seven.
    found = measure(_scores({HAPPY: 1}, {CONTEMPT: 0.5, HAPPY: 0.3, DISGUST: 0.2}, {CONTEMPT: 1}, {SURPRISE: 1}), faces)
    assert found.emotion.accuracy == pytest.approx(2 / 3)
    assert found.fer2013 is not None
    assert found.fer2013.predicted.tolist() == [HAPPY, DISGUST, DISGUST, SURPRISE]
    assert found.fer2013.accuracy == 0.75
    # Surprise for neutral is the same mood: relaxed.
    assert found.mood.accuracy == 1.0
    assert [MOODS[mood] for mood in found.mood.truth] == ["happy", "angry", "relaxed"]


def test_a_classifier_of_seven_emotions_never_predicts_contempt(faces: EvaluationSet) -> None:
    found = measure(_scores({HAPPY: 1}, {DISGUST: 1}, {HAPPY: 1}, {NEUTRAL: 1}, emotions=7), faces)
    assert found.emotion.accuracy == pytest.approx(2 / 3)
    assert found.mood.accuracy == 1.0
    # happy 1, contempt 0, neutral 1; emotions that no face shows do not enter.
    assert found.emotion.macro_f1 == pytest.approx(2 / 3)
    assert found.reliability.error == pytest.approx(1 / 3)


def test_the_strongest_emotion_leads_the_mood_not_the_largest_sum() -> None:
    faces = EvaluationSet("x", "", _crops(1), np.array([HAPPY]))
    found = measure(_scores({HAPPY: 0.4, SURPRISE: 0.3, NEUTRAL: 0.3}), faces)
    assert found.mood.accuracy == 1.0


def test_divergence_is_given_for_what_the_classifier_knows(faces: EvaluationSet) -> None:
    perfect = faces.votes
    assert perfect is not None
    eight = measure(perfect, faces)
    assert eight.kl_of_seven == pytest.approx(0, abs=1e-6)
    assert eight.kl_of_eight == pytest.approx(0, abs=1e-6)
    seven = measure(perfect @ TO_SEVEN, faces)
    assert seven.kl_of_seven == pytest.approx(0, abs=1e-6)
    assert seven.kl_of_eight is None


def test_a_set_without_contempt_is_measured_over_seven() -> None:
    faces = EvaluationSet("own", "", _crops(1), np.array([DISGUST]), SEVEN_EMOTIONS)
    found = measure(_scores({CONTEMPT: 0.4, HAPPY: 0.35, DISGUST: 0.25}), faces)
    assert found.emotion.accuracy == 1.0
    assert (found.fer2013, found.kl_of_seven, found.kl_of_eight) == (None, None, None)
    assert set(found.figures()) == {"faces", "accuracy", "mood_accuracy", "macro_f1", "ece"}


def _classifier(name: str, emotions: int) -> Classifier:
    answer = _scores({HAPPY: 0.6, NEUTRAL: 0.4}, emotions=emotions)
    return Classifier(name, lambda crops: np.repeat(answer, len(crops), axis=0), 12_345, 678)


def test_the_page_shows_each_classifier_under_every_column(faces: EvaluationSet, tmp_path: Path) -> None:
    rows = compare([_classifier("eight", 8), _classifier("seven", 7)], faces)
    assert all(len(row.cells()) == len(header(faces)) for row in rows)
    page = write_comparison(tmp_path, faces, rows)
    text = page.read_text("utf-8")
    assert page.name == "face-evaluation.md"
    assert "4 faces, 3 count." in text
    assert "| eight | 0.2500 | 0.3333 | 0.3333 |" in text
    assert "| – | 12 | 678 |" in next(line for line in text.splitlines() if line.startswith("| seven"))
    pictures = {"face-evaluation-eight-confusion.png", "face-evaluation-seven-confusion.png"}
    assert {path.name for path in tmp_path.glob("*.png")} == {*pictures, "face-evaluation-reliability.png"}
    assert all(name in text for name in pictures)


def test_another_set_has_a_page_of_its_own_that_says_what_was_skipped(tmp_path: Path) -> None:
    faces = EvaluationSet(
        "CK+48", "--photos FOLDER", _crops(2), np.array([HAPPY, HAPPY]), SEVEN_EMOTIONS, skipped={"no-face": 3}
    )
    page = write_comparison(tmp_path, faces, compare([_classifier("eight", 8)], faces))
    assert page.name == "face-evaluation-ck-48.md"
    assert "Skipped: 3 no-face." in page.read_text("utf-8")


def test_f1_is_listed_by_emotion(faces: EvaluationSet) -> None:
    row = Row(_classifier("x", 8), measure(_scores({HAPPY: 1}, {HAPPY: 1}, {HAPPY: 1}, {NEUTRAL: 1}), faces), 1.0)
    listed = {name: (count, f1) for name, count, f1 in f1_by_emotion([row])}
    assert listed["happy"] == ("1", "0.667")
    assert listed["contempt"] == ("1", "0.000")
    assert len(listed) == 8
