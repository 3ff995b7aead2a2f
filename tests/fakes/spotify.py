"""Fake of Spotify's accounts service and Web API on one server, by Spotify's documentation of July 2026.

It treats the application as one in development mode whose owner has Premium: at most ten results per search, no
popularity, no markets.
"""

from collections.abc import Iterable
from typing import Any

from fakes.oauth import CLIENT_ID, CLIENT_SECRET, Tokens, bearer, has_client_credentials
from fakes.provider import TOKEN, Answer, FakeProvider
from fakes.songs import BASE62, Song
from fakes.spotify_json import found_page, track_object
from fakes.spotify_query import matching
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "PREMIUM_REQUIRED", "QUOTA_EXCEEDED", "SpotifyFake"]

PREMIUM_REQUIRED = (
    "Active premium subscription required for the owner of the app. When the subscription status changes, "
    "it can take a few hours before requests are allowed again."
)
QUOTA_EXCEEDED = {"error": {"status": 429, "message": "Too many requests", "reason": "QUOTA_EXCEEDED"}}
MESSAGES = {
    401: "The access token expired",
    403: PREMIUM_REQUIRED,
    404: "Resource not found",
    429: "API rate limit exceeded",
}
ACCOUNTS_ERRORS = {400: "invalid_client", 429: "rate_limited", 503: "temporarily_unavailable"}
LONGEST_QUERY = 250
LARGEST_LIMIT = 10
LARGEST_OFFSET = 1000


class SpotifyFake(FakeProvider):
    """Fake Spotify. Keys of `calls`: token (base + "/api/token"), search and track (below base + "/v1/").

    `grants` maps the `grant_type` of a token request to its answer.
    """

    def __init__(self, songs: Iterable[Song] = (), token_seconds: int = 3600) -> None:
        self.tokens = Tokens(token_seconds)
        self.grants: dict[str, Answer] = {"client_credentials": self._grant_to_client}
        answers = {
            ("/api/token", TOKEN): self._token,
            ("/v1/search", "search"): self._search,
            ("/v1/tracks/{id}", "track"): self._track,
        }
        super().__init__(songs, answers)

    def error(self, status: int, route: str) -> Any:
        if route == TOKEN:
            return {"error": ACCOUNTS_ERRORS.get(status, "server_error")}
        return {"error": {"status": status, "message": MESSAGES.get(status, "Server error")}}

    def expire_tokens(self) -> None:
        """Refuse all tokens that were issued so far."""
        self.tokens.expire()

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        if not has_client_credentials(request, form):
            return JSONResponse({"error": "invalid_client", "error_description": "Invalid client"}, 400)
        grant = self.grants.get(str(form.get("grant_type")))
        if grant is None:
            error = {
                "error": "unsupported_grant_type",
                "error_description": "grant_type parameter is missing or unknown",
            }
            return JSONResponse(error, 400)
        return await grant(request)

    async def _grant_to_client(self, _: Request) -> Response:
        token = {"access_token": self.tokens.issue(), "token_type": "Bearer", "expires_in": self.tokens.seconds}
        return JSONResponse(token)

    async def _search(self, request: Request) -> Response:
        query = request.query_params
        limit, offset = query.get("limit", "5"), query.get("offset", "0")
        refused = self._unauthorised(request) or _first_error(
            ("No search query", not query.get("q")),
            (f"Query exceeds maximum length of {LONGEST_QUERY} characters", len(query.get("q", "")) > LONGEST_QUERY),
            ("Missing parameter type", not query.get("type")),
            (f"Bad search type field {query.get('type')}", query.get("type") != "track"),
            ("Invalid limit", not limit.isdecimal() or not 1 <= int(limit) <= LARGEST_LIMIT),
            ("Invalid offset", not offset.isdecimal() or int(offset) > LARGEST_OFFSET),
        )
        if refused:
            return refused
        found = matching(self.index, query["q"])
        return JSONResponse({"tracks": found_page(str(request.url), found, int(limit), int(offset))})

    async def _track(self, request: Request) -> Response:
        track_id = request.path_params["id"]
        is_id = len(track_id) == 22 and set(track_id) <= set(BASE62)
        refused = self._unauthorised(request) or _first_error(("Invalid base62 id", not is_id))
        if refused:
            return refused
        song = self.index.by_spotify_id.get(track_id)
        return JSONResponse(track_object(song)) if song else _refusal(404, MESSAGES[404])

    def _unauthorised(self, request: Request) -> Response | None:
        if "authorization" not in request.headers:
            return _refusal(401, "No token provided")
        token = bearer(request, "Bearer")
        if token is None:
            return _refusal(400, "Only valid bearer authentication supported")
        if self.tokens.is_valid(token):
            return None
        return _refusal(401, MESSAGES[401] if self.tokens.is_known(token) else "Invalid access token")


def _first_error(*errors: tuple[str, bool]) -> Response | None:
    return next((_refusal(400, message) for message, is_so in errors if is_so), None)


def _refusal(status: int, message: str) -> Response:
    return JSONResponse({"error": {"status": status, "message": message}}, status)
