"""Reads the photo of a multipart form into memory. Nothing is written to disk, and the file name is not used."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from musicalface_common.errors import InvalidRequest

PHOTO_FIELD = "image"
MAX_PARTS = 16


class InMemoryMultiPartParser(MultiPartParser):
    """Starlette's parser without temporary files. The limit of the body's size bounds the memory that a form takes."""

    spool_max_size = 0  # 0 tells tempfile to keep everything in memory
    complete = False

    def on_end(self) -> None:
        """Record that the form's last boundary has arrived."""
        self.complete = True

    def close(self) -> None:
        """Close all files, also those of a form that did not arrive completely."""
        # This list is private, but only it contains the files of an incomplete form.
        for file in self._files_to_close_on_error:
            file.close()


async def read_photo(request: Request) -> bytes:
    """Return the bytes of the photo in a form. Raises InvalidRequest unless the form contains exactly one photo."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise InvalidRequest(f"send the photo as multipart/form-data, in a field named {PHOTO_FIELD}")
    parser = InMemoryMultiPartParser(request.headers, request.stream(), max_files=MAX_PARTS, max_fields=MAX_PARTS)
    try:
        form = await _receive_form(parser)
        return await _only_photo(form)
    finally:
        parser.close()


Photo = Annotated[bytes, Depends(read_photo)]


async def _receive_form(parser: InMemoryMultiPartParser) -> FormData:
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise InvalidRequest(f"the form cannot be read: {error.message}") from error
    except ClientDisconnect as error:
        raise InvalidRequest("the upload was cut off") from error
    if not parser.complete:
        raise InvalidRequest("the form ends before its last boundary")
    return form


async def _only_photo(form: FormData) -> bytes:
    photos = form.getlist(PHOTO_FIELD)
    if not photos:
        raise InvalidRequest(f"the form has no field named {PHOTO_FIELD}")
    if len(form.multi_items()) > 1:
        raise InvalidRequest("send one photo and nothing else; options go into the query")
    photo = photos[0]
    if not isinstance(photo, UploadFile):
        raise InvalidRequest(f"the field {PHOTO_FIELD} holds text, not a file")
    content = await photo.read()
    if not content:
        raise InvalidRequest("the photo is empty")
    return content
