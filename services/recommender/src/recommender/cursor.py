"""Where a page of songs ended, as a client carries it."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from musicalface_common.errors import InvalidRequest
from recommender.domain.track import Position

_CURSOR = re.compile(r"[A-Za-z0-9_-]{12}")
_LIKENESS_BYTES = 3
_FOREIGN = "cursor: not one that this search gave"


def encode_cursor(position: Position) -> str:
    """Turn the position of a page's last song into a cursor."""
    likeness = position.likeness.to_bytes(_LIKENESS_BYTES, "big")
    return urlsafe_b64encode(likeness + bytes.fromhex(position.id)).decode()


def decode_cursor(cursor: str, highest: int) -> Position:
    """Turn a cursor back into the position. Raises InvalidRequest where it cannot be one of this search's.

    `highest` is the likeness that the search can give at most: 0 where it has no text. Then all songs have it.
    """
    if not _CURSOR.fullmatch(cursor):
        raise InvalidRequest(_FOREIGN)
    content = urlsafe_b64decode(cursor)
    likeness = int.from_bytes(content[:_LIKENESS_BYTES], "big")
    if not min(highest, 1) <= likeness <= highest:
        raise InvalidRequest(_FOREIGN)
    return Position(likeness, content[_LIKENESS_BYTES:].hex())
