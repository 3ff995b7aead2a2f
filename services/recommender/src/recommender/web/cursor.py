"""Page cursors: the position of a page's last song as text."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from musicalface_common.errors import InvalidRequest
from recommender.domain.query import HIGHEST_RELEVANCE, Position

_CURSOR = re.compile(r"[A-Za-z0-9_-]{12}")
_RELEVANCE_BYTES = 3
_FOREIGN = "cursor: not one that this search gave"


def encode_cursor(position: Position) -> str:
    """Return the cursor of the position of a page's last song."""
    relevance = position.relevance.to_bytes(_RELEVANCE_BYTES, "big")
    return urlsafe_b64encode(relevance + bytes.fromhex(position.id)).decode()


def decode_cursor(cursor: str, by_relevance: bool) -> Position:
    """Return the position of a cursor. Raises InvalidRequest where this search cannot have returned the cursor.

    A search by relevance has a text. Without one, all songs have relevance 0.
    """
    if not _CURSOR.fullmatch(cursor):
        raise InvalidRequest(_FOREIGN)
    content = urlsafe_b64decode(cursor)
    relevance = int.from_bytes(content[:_RELEVANCE_BYTES], "big")
    if not (1 <= relevance <= HIGHEST_RELEVANCE if by_relevance else relevance == 0):
        raise InvalidRequest(_FOREIGN)
    return Position(relevance, content[_RELEVANCE_BYTES:].hex())
