"""Splits a multipart form (RFC 7578) that has arrived completely.

python-multipart reads a form byte by byte after each start of a boundary, so that 8 MiB of them take a second, and it
refuses a preamble. Starlette decodes texts with any codec that the client names. Only bytes are needed here.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from python_multipart.multipart import parse_options_header

from musicalface_common.errors import InvalidRequest

FORM_TYPE = b"multipart/form-data"
PHOTO_FIELD = "image"
MAX_PARTS = 16
MAX_HEADER_BYTES = 8192
END_OF_DELIMITER = re.compile(rb"--|[ \t]*\r?\n")
# RFC 5987's way to send a name that is not ASCII. Forms must not use it, and some clients do.
EXTENDED_FILE_NAME = re.compile(rb";\s*filename\*\d*\*?\s*=", re.IGNORECASE)


class Part(NamedTuple):
    """A field of a form: its name, whether it is a file, and its content."""

    name: bytes
    is_file: bool
    content: bytes


def boundary_of(content_type: str) -> bytes:
    """Return the boundary that the header of a form names. Raises InvalidRequest if it is none of a form."""
    kind, options = parse_options_header(content_type)
    if kind != FORM_TYPE:
        raise InvalidRequest(f"send the photo as multipart/form-data, in a field named {PHOTO_FIELD}")
    if not options.get(b"boundary"):
        raise InvalidRequest("the form cannot be read: its content type names no boundary")
    return options[b"boundary"]


def split_form(body: bytes, boundary: bytes) -> list[Part]:
    """Return the parts of a form. What comes before the first boundary or after the last is ignored.

    The first boundary decides whether lines end with CR LF or with LF. Raises InvalidRequest for anything else.
    """
    delimiter = b"--" + boundary
    first = 0 if body.startswith(delimiter) else body.find(b"\n" + delimiter) + 1
    if not body.startswith(delimiter, first):
        raise InvalidRequest("the form cannot be read: it has no boundary")
    opening = _end_of_delimiter(body, first + len(delimiter))
    line_break = opening[0].lstrip(b" \t")
    return [_part(body, *place, line_break) for place in _places(body, line_break + delimiter, opening.end())]


def _end_of_delimiter(body: bytes, position: int) -> re.Match[bytes]:
    """Return what ends the line of a boundary. Data must not have such lines, so there is no other end."""
    end = END_OF_DELIMITER.match(body, position)
    if end is None:
        raise InvalidRequest("the form cannot be read: a boundary has no end")
    return end


def _places(body: bytes, delimiter: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each part starts and ends, from the end of the first delimiter on."""
    for _ in range(MAX_PARTS):
        found = body.find(delimiter, start - 2)  # the line break before it may be the one after the last delimiter
        if found < 0:
            raise InvalidRequest("the form ends before its last boundary")
        yield start, found
        end = _end_of_delimiter(body, found + len(delimiter))
        if end[0] == b"--":
            return
        start = end.end()
    raise InvalidRequest(f"Too many files or fields: a form may have {MAX_PARTS}")


def _part(body: bytes, start: int, end: int, line_break: bytes) -> Part:
    head_end = body.find(2 * line_break, start, min(end, start + MAX_HEADER_BYTES))
    if head_end < 0:
        raise InvalidRequest("the form cannot be read: a part has no header, or a long one")
    lines = (line.partition(b":") for line in body[start:head_end].split(line_break))
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    disposition = EXTENDED_FILE_NAME.sub(b"; filename=", headers.get(b"content-disposition", b""))
    _, options = parse_options_header(disposition)
    if b"name" not in options:
        raise InvalidRequest("the form cannot be read: a part has no name")
    # A client that gives no file name may still say that the content is an image.
    kind = headers.get(b"content-type", b"text/plain").lower()
    is_file = b"filename" in options or not kind.startswith(b"text/")
    return Part(options[b"name"], is_file, body[head_end + 2 * len(line_break) : end])
