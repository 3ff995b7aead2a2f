"""Errors as problem details (RFC 9457): one class per type. The framework's own errors get the same format."""

from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from musicalface_common.request_id import current_request_id
from musicalface_common.validation.wording import explain

PROBLEM_JSON = "application/problem+json"
NOTHING = "there is nothing at this path"
NO_SLASH = "there is nothing at this path; no path ends with a slash"


class ProblemDetails(BaseModel):
    """The body of every error response (RFC 9457)."""

    type: str = Field(description="Kind of error, for programs", examples=["no-face"])
    title: str = Field(description="Kind of error, in words", examples=["No face found"])
    status: int = Field(description="The HTTP status code", examples=[422])
    detail: str = Field(description="Cause of this error", examples=["the image shows no face"])
    request_id: str = Field(description="Id of this request in the logs", examples=["0f8d9b7c6a5e4d3c"])


class Problem(Exception):  # noqa: N818 - the RFC's own word
    """An error that the client gets as a response. Each subclass sets the type, title and status."""

    type: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong on our side"
    status: ClassVar[int] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, detail: str = "", *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.headers = headers or {}


class NoFace(Problem):
    type = "no-face"
    title = "No face found"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ManyFaces(Problem):
    type = "many-faces"
    title = "More than one face found"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ImageTooLarge(Problem):
    type = "image-too-large"
    title = "Image too large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class BodyTooLarge(Problem):
    type = "body-too-large"
    title = "Request body too large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class UnsupportedImage(Problem):
    type = "unsupported-image"
    title = "Not a kind of image we read"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class UnreadableImage(Problem):
    type = "unreadable-image"
    title = "Image cannot be read"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class InvalidRequest(Problem):
    type = "invalid-request"
    title = "Request not understood"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class MalformedRequest(Problem):
    type = "malformed-request"
    title = "This is not HTTP as the standard has it"
    status = HTTPStatus.BAD_REQUEST


class HeadTooLarge(Problem):
    type = "head-too-large"
    title = "The request's headers are too large"
    status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE


class UnknownTrack(Problem):
    type = "unknown-track"
    title = "No such song in the catalogue"
    status = HTTPStatus.NOT_FOUND


class Unauthorized(Problem):
    type = "unauthorized"
    title = "Token missing or wrong"
    status = HTTPStatus.UNAUTHORIZED


class RateLimited(Problem):
    type = "rate-limited"
    title = "Too many requests"
    status = HTTPStatus.TOO_MANY_REQUESTS


class RequestTimeout(Problem):
    type = "request-timeout"
    title = "The request took too long to arrive"
    status = HTTPStatus.REQUEST_TIMEOUT


class Overloaded(Problem):
    type = "overloaded"
    title = "Too busy right now"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class UpstreamUnavailable(Problem):
    type = "upstream-unavailable"
    title = "A service behind this one is not available"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class UpstreamTimeout(Problem):
    type = "upstream-timeout"
    title = "A service behind this one took too long"
    status = HTTPStatus.GATEWAY_TIMEOUT


KNOWN_PROBLEMS: dict[str, type[Problem]] = {kind.type: kind for kind in Problem.__subclasses__()}


def problem_response(problem: Problem) -> JSONResponse:
    """Return the response to the client: status, headers, and problem details as the body."""
    return _response(problem.type, problem.title, problem.status, problem.detail, problem.headers)


def problem_responses(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that a route can respond with, for the OpenAPI document."""
    described: dict[int | str, dict[str, Any]] = {}
    for problem in problems:
        entry = described.setdefault(
            int(problem.status), {"description": "", "content": {PROBLEM_JSON: {"examples": {}}}}
        )
        entry["description"] = " · ".join(filter(None, (entry["description"], f"`{problem.type}`: {problem.title}")))
        entry["content"][PROBLEM_JSON]["schema"] = {"$ref": "#/components/schemas/ProblemDetails"}
        entry["content"][PROBLEM_JSON]["examples"][problem.type] = {"value": _example(problem)}
    return described


def install_error_handlers(app: FastAPI) -> None:
    """Make `app` respond to errors with problem details. RequestMiddleware handles unexpected errors."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)


def _on_problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class only
    return problem_response(error)


def _on_validation_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    return problem_response(InvalidRequest(explain(error.errors())))


def _on_http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    if isinstance(error.__cause__, Problem):  # raised while the framework was reading the body
        return problem_response(error.__cause__)
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.BAD_REQUEST:  # the framework cannot parse the body
        return problem_response(InvalidRequest("the body cannot be read as JSON"))
    slug = status.phrase.lower().replace(" ", "-")
    nothing = NO_SLASH if request.url.path.endswith("/") else NOTHING
    detail = {404: nothing, 405: "this path does not take this method"}
    return _response(slug, status.phrase, status, detail.get(status, str(error.detail)), error.headers)


def _response(kind: str, title: str, status: int, detail: str, headers: Any) -> JSONResponse:
    body = ProblemDetails(type=kind, title=title, status=status, detail=detail, request_id=current_request_id())
    return JSONResponse(body.model_dump(), int(status), headers=dict(headers or {}), media_type=PROBLEM_JSON)


def _example(problem: type[Problem]) -> dict[str, Any]:
    return ProblemDetails(
        type=problem.type,
        title=problem.title,
        status=int(problem.status),
        detail=problem.title,
        request_id="0f8d9b7c6a5e4d3c",
    ).model_dump()
