import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.errors import InvalidRequest
from recommender.domain.query import HIGHEST_RELEVANCE, Position
from recommender.web.cursor import decode_cursor, encode_cursor

IDS = st.from_regex(r"[0-9a-f]{12}", fullmatch=True)


@given(st.integers(1, HIGHEST_RELEVANCE), IDS)
def test_a_cursor_decodes_to_its_position(relevance: int, track_id: str) -> None:
    position = Position(relevance, track_id)
    assert decode_cursor(encode_cursor(position), by_relevance=True) == position


@given(IDS)
def test_without_a_text_a_cursor_has_relevance_0(track_id: str) -> None:
    position = Position(0, track_id)
    assert decode_cursor(encode_cursor(position), by_relevance=False) == position


@pytest.mark.parametrize(
    ("relevance", "by_relevance"), [(0, True), (1, False), (HIGHEST_RELEVANCE + 1, True), (16_777_215, True)]
)
def test_a_cursor_of_another_search_is_refused(relevance: int, by_relevance: bool) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(encode_cursor(Position(relevance, "3f2a9c1b7d40")), by_relevance)


@pytest.mark.parametrize(
    "cursor",
    ["", "short", "PyqcG31A", "much-too-long-to-be", "abc=========", "abcdefghijk\n", "ÄÖÜäöüßßÄÖÜä", "' OR 1=1 -- "],
)
def test_a_text_that_is_not_a_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(cursor, by_relevance=True)


@given(st.text())
def test_any_text_is_decoded_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidRequest):
        assert encode_cursor(decode_cursor(text, by_relevance=True)) == text
