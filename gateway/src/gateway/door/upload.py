"""Reads the photo of a multipart form into memory. Nothing is written to disk, and the file name is not used."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from gateway.door.form import PHOTO_FIELD, Part, boundary_of, split_form
from musicalface_common.errors import InvalidRequest


async def read_photo(request: Request) -> bytes:
    """Return the bytes of the photo in a form. Raises InvalidRequest unless the form contains exactly one photo."""
    boundary = boundary_of(request.headers.get("content-type", ""))
    try:
        body = b"".join([chunk async for chunk in request.stream()])
    except ClientDisconnect as error:
        raise InvalidRequest("the upload was cut off") from error
    return _only_photo(split_form(body, boundary))


Photo = Annotated[bytes, Depends(read_photo)]


def _only_photo(parts: Sequence[Part]) -> bytes:
    photos = [part for part in parts if part.name == PHOTO_FIELD.encode()]
    if not photos:
        raise InvalidRequest(f"the form has no field named {PHOTO_FIELD}")
    if len(parts) > 1:
        raise InvalidRequest("send one photo and nothing else; options go into the query")
    photo = photos[0]
    if not photo.is_file:
        raise InvalidRequest(f"the field {PHOTO_FIELD} holds text, not a file")
    if not photo.content:
        raise InvalidRequest("the photo is empty")
    return photo.content
