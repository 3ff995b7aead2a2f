"""Page cursors: texts that encode the position of a page's last song."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from musicalface_common.errors import InvalidRequest
from recommender.domain.query import Position

_CURSOR = re.compile(r"[A-Za-z0-9_-]{12}")
_SIMILARITY_BYTES = 3
_NOT_RETURNED = "cursor: this search did not return it"


def encode_cursor(position: Position) -> str:
    """Return the cursor that encodes a position."""
    similarity = position.similarity.to_bytes(_SIMILARITY_BYTES, "big")
    return urlsafe_b64encode(similarity + bytes.fromhex(position.id)).decode()


def decode_cursor(cursor: str, highest: int) -> Position:
    """Return the position that a cursor encodes. Raises InvalidRequest if this search cannot have returned the cursor.

    `highest` is the highest similarity that a song can have in this search: 0 if the search has no text.
    """
    if not _CURSOR.fullmatch(cursor):
        raise InvalidRequest(_NOT_RETURNED)
    content = urlsafe_b64decode(cursor)
    similarity = int.from_bytes(content[:_SIMILARITY_BYTES], "big")
    if not min(highest, 1) <= similarity <= highest:
        raise InvalidRequest(_NOT_RETURNED)
    return Position(similarity, content[_SIMILARITY_BYTES:].hex())
