"""Requests songs for a photo from a running server, or from the embedded app in this process."""

import asyncio
from dataclasses import dataclass

import httpx
from pydantic import ValidationError

from gateway.schemas import Recommendation
from musicalface.failure import fail
from musicalface_common.errors import PROBLEM_JSON, ProblemDetails

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class RequestOptions:
    """The options of one request, named as in the query of `POST /recommend`."""

    limit: int
    policy: str
    faces: str
    provider: str
    seed: int | None
    genre: str | None
    language: str | None
    year_from: int | None
    year_to: int | None
    explicit: bool | None

    def query(self) -> dict[str, str | int]:
        """Return the options that are not None."""
        return {name: value for name, value in vars(self).items() if value is not None}


def request_recommendation(photo: bytes, options: RequestOptions, server: str | None) -> Recommendation:
    """Return the recommendation for a photo, from the server at a URL or from this process.

    If the request fails, end the command with an error.
    """
    response = _from_server(photo, options, server) if server else asyncio.run(_from_this_process(photo, options))
    if response.status_code != httpx.codes.OK:
        fail(_error_text(response))
    try:
        return Recommendation.model_validate_json(response.content)
    except ValidationError:
        fail("this is not a MusicalFace server: its answer has another form")


def _from_server(photo: bytes, options: RequestOptions, server: str) -> httpx.Response:
    try:
        with httpx.Client(base_url=server, timeout=TIMEOUT_SECONDS) as client:
            return client.post("/recommend", params=options.query(), files={"image": photo})
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        fail(f"cannot reach {server}: {error or type(error).__name__}")


async def _from_this_process(photo: bytes, options: RequestOptions) -> httpx.Response:
    from gateway.settings import Settings  # noqa: PLC0415 - loading models takes a second, and --server needs none
    from musicalface.embedded import EmbeddedTransport, create_embedded_app  # noqa: PLC0415
    from musicalface.environment import read_settings  # noqa: PLC0415
    from musicalface_common.startup import StartupError  # noqa: PLC0415

    app = create_embedded_app(read_settings(Settings, log_level="WARNING", log_format="console"))
    try:
        async with httpx.AsyncClient(transport=EmbeddedTransport(app), base_url="http://musicalface") as client:
            return await client.post("/recommend", params=options.query(), files={"image": photo})
    except StartupError as error:
        fail(str(error))


def _error_text(response: httpx.Response) -> str:
    problem = _problem(response)
    if problem is None:
        return f"this is not a MusicalFace server: it answered with status {response.status_code}"
    return f"{problem.title}: {problem.detail}" if problem.detail != problem.title else problem.title


def _problem(response: httpx.Response) -> ProblemDetails | None:
    if not response.headers.get("content-type", "").startswith(PROBLEM_JSON):
        return None
    try:
        return ProblemDetails.model_validate_json(response.content)
    except ValidationError:  # a problem document of another server has no request id
        return None
