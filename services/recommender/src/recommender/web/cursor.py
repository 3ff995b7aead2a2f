"""Page cursors: texts that encode the position of a page's last song."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from musicalface_common.errors import InvalidRequest
from recommender.domain.query import HIGHEST_RELEVANCE, Position

_CURSOR = re.compile(r"[A-Za-z0-9_-]{12}")
_RELEVANCE_BYTES = 3
_NOT_RETURNED = "cursor: this search did not return it"


def encode_cursor(position: Position) -> str:
    """Return the cursor that encodes a position."""
    relevance = position.relevance.to_bytes(_RELEVANCE_BYTES, "big")
    return urlsafe_b64encode(relevance + bytes.fromhex(position.id)).decode()


def decode_cursor(cursor: str, by_relevance: bool) -> Position:
    """Return the position that a cursor encodes. Raises InvalidRequest if this search cannot have returned the cursor.

    A search with a text sorts by relevance. Without a text, the relevance of all songs is 0.
    """
    if not _CURSOR.fullmatch(cursor):
        raise InvalidRequest(_NOT_RETURNED)
    content = urlsafe_b64decode(cursor)
    relevance = int.from_bytes(content[:_RELEVANCE_BYTES], "big")
    if not (1 <= relevance <= HIGHEST_RELEVANCE if by_relevance else relevance == 0):
        raise InvalidRequest(_NOT_RETURNED)
    return Position(relevance, content[_RELEVANCE_BYTES:].hex())
