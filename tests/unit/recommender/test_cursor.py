import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.errors import InvalidRequest
from recommender.domain.query import Position
from recommender.web.cursor import decode_cursor, encode_cursor

IDS = st.from_regex(r"[0-9a-f]{12}", fullmatch=True)
HIGHEST = 10_000


@given(st.integers(1, HIGHEST), IDS)
def test_a_cursor_decodes_to_its_position(similarity: int, track_id: str) -> None:
    position = Position(similarity, track_id)
    assert decode_cursor(encode_cursor(position), HIGHEST) == position


@given(IDS)
def test_without_a_text_a_cursor_has_similarity_0(track_id: str) -> None:
    position = Position(0, track_id)
    assert decode_cursor(encode_cursor(position), 0) == position


@pytest.mark.parametrize(("similarity", "highest"), [(0, 100), (1, 0), (101, 100), (16_777_215, 100)])
def test_a_cursor_of_another_search_is_refused(similarity: int, highest: int) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(encode_cursor(Position(similarity, "3f2a9c1b7d40")), highest)


@pytest.mark.parametrize(
    "cursor",
    ["", "short", "PyqcG31A", "much-too-long-to-be", "abc=========", "abcdefghijk\n", "ÄÖÜäöüßßÄÖÜä", "' OR 1=1 -- "],
)
def test_a_text_that_is_not_a_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(cursor, HIGHEST)


@given(st.text())
def test_any_text_is_decoded_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidRequest):
        assert encode_cursor(decode_cursor(text, HIGHEST)) == text
