"""Where a page of songs ended, as a client carries it."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from musicalface_common.errors import InvalidRequest

_CURSOR = re.compile(r"[A-Za-z0-9_-]{8}")


def encode_cursor(track_id: str) -> str:
    """Turn the id of a page's last song into a cursor."""
    return urlsafe_b64encode(bytes.fromhex(track_id)).decode()


def decode_cursor(cursor: str) -> str:
    """Turn a cursor back into the id. Raises InvalidRequest where it cannot be one of ours."""
    if not _CURSOR.fullmatch(cursor):
        raise InvalidRequest("cursor: not one that this call gave")
    return urlsafe_b64decode(cursor).hex()
