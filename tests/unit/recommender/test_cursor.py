import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.errors import InvalidRequest
from recommender.cursor import decode_cursor, encode_cursor


@given(st.from_regex(r"[0-9a-f]{12}", fullmatch=True))
def test_a_cursor_leads_back_to_its_id(track_id: str) -> None:
    assert decode_cursor(encode_cursor(track_id)) == track_id


@pytest.mark.parametrize("cursor", ["", "short", "much-too-long", "abc=====", "abcdefg\n", "ÄÖÜäöüßß", "' OR 1=1"])
def test_a_cursor_of_nobody_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(cursor)


@given(st.text())
def test_any_text_is_an_id_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidRequest):
        assert encode_cursor(decode_cursor(text)) == text
