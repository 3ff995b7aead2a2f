import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain.belief import believed
from recommender.domain.scores import Scores

SHARE = st.floats(min_value=0, max_value=1)
SCORES = (
    st.tuples(SHARE, SHARE, SHARE, SHARE).filter(lambda values: sum(values) > 0.01).map(lambda v: Scores(*v).shares())
)
CALM = Scores(0, 0, 0, 1)
TORN = Scores(0.1, 0.4, 0.45, 0.05)


def test_nothing_is_believed_where_nobody_tells() -> None:
    assert believed(None, 0, None) is None
    assert believed(CALM, 0, None) is None


@given(SCORES, st.floats(min_value=0.1, max_value=300), st.one_of(st.none(), SCORES))
def test_beliefs_sum_to_one(people: Scores, votes: float, lyrics: Scores | None) -> None:
    belief = believed(people, votes, lyrics)
    assert belief is not None
    assert math.isclose(sum(belief), 1)


def test_more_words_are_believed_more() -> None:
    few, many = believed(CALM, 2, None), believed(CALM, 40, None)
    assert few is not None
    assert many is not None
    assert 0.25 < few.relaxed < many.relaxed < 1


@pytest.mark.parametrize(("votes", "mood"), [(0, "happy"), (5, "relaxed")])
def test_people_count_more_than_lyrics(votes: float, mood: str) -> None:
    belief = believed(CALM, votes, TORN)
    assert belief is not None
    assert belief.mood == mood


def test_lyrics_alone_are_the_belief() -> None:
    assert believed(None, 0, TORN) == TORN
