"""Answers that a server writes by itself, without the app."""

import secrets
from collections.abc import Iterable

import structlog

from musicalface_common.errors import Problem, problem_response
from musicalface_common.request_id import REQUEST_ID_HEADER
from musicalface_common.security_headers import DATA_POLICY, HEADERS

Headers = Iterable[tuple[bytes, bytes]]

CLOSE = (b"connection", b"close")


def new_request_id() -> str:
    """Return a request id. All have the same length."""
    return secrets.token_hex(8)


def write_answer(status_line: bytes, problem: Problem, *headers: tuple[bytes, bytes]) -> bytes:
    """Return an HTTP/1.1 response that tells the client of a problem, with a new request id and these headers added."""
    return PreparedAnswer(status_line, problem).render(headers)


class PreparedAnswer:
    """An answer that is rendered once, and then differs only in its request id and in the headers that are added."""

    def __init__(self, status_line: bytes, problem: Problem) -> None:
        request_id = new_request_id()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = problem_response(problem)
        self._id = request_id.encode()
        self._status_line = status_line
        own = {REQUEST_ID_HEADER: request_id, **HEADERS, "Content-Security-Policy": DATA_POLICY}
        headers = [*response.raw_headers, *((name.lower().encode(), value.encode()) for name, value in own.items())]
        self._rest = _lines(headers) + b"\r\n" + bytes(response.body)

    def render(self, headers: Headers) -> bytes:
        """Return the answer with a new request id and these headers added."""
        return self._status_line + _lines(headers) + self._rest.replace(self._id, new_request_id().encode())


def _lines(headers: Headers) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)
