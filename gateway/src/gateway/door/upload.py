"""The one photo of a multipart form: in memory alone, under no name."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from musicalface_common.errors import InvalidRequest

FIELD = "image"
MAX_PARTS = 16


class InMemoryMultiPartParser(MultiPartParser):
    """Starlette's parser without its temporary files: the body limit bounds what is held."""

    spool_max_size = 0  # tempfile's word for "never to disk"
    complete = False

    def on_end(self) -> None:
        """Note that the form's last boundary was there."""
        self.complete = True

    def close(self) -> None:
        """Let go of all files, also of one that was cut off."""
        # Private, but the parser's own list of what a cut-off form leaves open.
        for file in self._files_to_close_on_error:
            file.close()


async def read_image(request: Request) -> bytes:
    """Return the bytes of the form's one photo. Raises InvalidRequest."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise InvalidRequest(f"send the photo as multipart/form-data, in a field named {FIELD}")
    parser = InMemoryMultiPartParser(request.headers, request.stream(), max_files=MAX_PARTS, max_fields=MAX_PARTS)
    try:
        form = await _receive_form(parser)
        return await _only_image(form)
    finally:
        parser.close()


Photo = Annotated[bytes, Depends(read_image)]


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


async def _only_image(form: FormData) -> bytes:
    images = form.getlist(FIELD)
    if not images:
        raise InvalidRequest(f"the form has no field named {FIELD}")
    if len(form.multi_items()) > 1:
        raise InvalidRequest("send one photo and nothing else; options go into the query")
    photo = images[0]
    if not isinstance(photo, UploadFile):
        raise InvalidRequest(f"the field {FIELD} holds text, not a file")
    content = await photo.read()
    if not content:
        raise InvalidRequest("the photo is empty")
    return content
