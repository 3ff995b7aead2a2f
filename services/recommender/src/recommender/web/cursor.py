"""Page cursors: the position of a page's last song as text."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from musicalface_common.errors import InvalidRequest
from recommender.domain.query import Position

_CURSOR = re.compile(r"[A-Za-z0-9_-]{12}")
_SIMILARITY_BYTES = 3
_FOREIGN = "cursor: not one that this search gave"


def encode_cursor(position: Position) -> str:
    """Return the cursor of the position of a page's last song."""
    similarity = position.similarity.to_bytes(_SIMILARITY_BYTES, "big")
    return urlsafe_b64encode(similarity + bytes.fromhex(position.id)).decode()


def decode_cursor(cursor: str, highest: int) -> Position:
    """Return the position of a cursor. Raises InvalidRequest where this search cannot have returned the cursor.

    `highest` is the highest similarity of the search: 0 where it has no text, since then all songs have similarity 0.
    """
    if not _CURSOR.fullmatch(cursor):
        raise InvalidRequest(_FOREIGN)
    content = urlsafe_b64decode(cursor)
    similarity = int.from_bytes(content[:_SIMILARITY_BYTES], "big")
    if not min(highest, 1) <= similarity <= highest:
        raise InvalidRequest(_FOREIGN)
    return Position(similarity, content[_SIMILARITY_BYTES:].hex())
