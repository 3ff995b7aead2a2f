"""Fake of SoundCloud's OAuth server and API: POST /oauth/token, GET /tracks."""

import re
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from fakes.oauth import CLIENT_ID, CLIENT_SECRET, Tokens, bearer, has_client_credentials
from fakes.provider import TOKEN, FakeProvider
from fakes.songs import Song
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "SoundCloudFake"]

LINK = "https://developers.soundcloud.com/docs/api/explorer/open-api"
STATUSES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 503: "Service Unavailable"}
TOKENS_IN_12_HOURS = 50
LARGEST_PAGE = 200


class SoundCloudFake(FakeProvider):
    """Fake SoundCloud. Keys of `calls`: token (base + "/oauth/token") and tracks (base + "/tracks").

    A client gets 50 tokens with its credentials, and any number with refresh tokens, each of which works once.
    `granted` counts the token requests with credentials.
    """

    def __init__(self, songs: Iterable[Song] = (), token_seconds: int = 3599) -> None:
        self.tokens = Tokens(token_seconds)
        self.granted = 0
        self._refresh_tokens: set[str] = set()
        super().__init__(songs, {("/oauth/token", TOKEN): self._token, ("/tracks", "tracks"): self._tracks})

    def error(self, status: int, route: str) -> Any:
        return _limit_reached() if status == 429 else _error(status, "")

    def expire_tokens(self) -> None:
        """Refuse all tokens that were issued so far."""
        self.tokens.expire()

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        if not has_client_credentials(request, form):
            return JSONResponse(_error(401, "invalid_client"), 401)
        match form.get("grant_type"):
            case "client_credentials":
                self.granted += 1
                return JSONResponse(_limit_reached(), 429) if self.granted > TOKENS_IN_12_HOURS else self._grant()
            case "refresh_token" if form.get("refresh_token") in self._refresh_tokens:
                self._refresh_tokens.remove(str(form["refresh_token"]))
                return self._grant()
            case _:
                return JSONResponse(_error(401, "invalid_grant"), 401)

    def _grant(self) -> Response:
        refresh_token = secrets.token_urlsafe(32)
        self._refresh_tokens.add(refresh_token)
        token = {"access_token": self.tokens.issue(), "token_type": "Bearer", "expires_in": self.tokens.seconds}
        return JSONResponse({**token, "refresh_token": refresh_token, "scope": ""})

    async def _tracks(self, request: Request) -> Response:
        token = bearer(request, "OAuth") or bearer(request, "Bearer")
        if token is None or not self.tokens.is_valid(token):
            return JSONResponse(_error(401, ""), 401)
        limit, offset = request.query_params.get("limit", "50"), request.query_params.get("offset", "0")
        if not limit.isdecimal() or not 1 <= int(limit) <= LARGEST_PAGE or not offset.isdecimal():
            return JSONResponse(_error(400, "invalid limit"), 400)
        found = self.index.having(request.query_params.get("q", ""))
        end = int(offset) + int(limit)
        page = [_track(song) for song in found[int(offset) : end]]
        if request.query_params.get("linked_partitioning", "false") not in ("true", "1"):
            return JSONResponse(page)
        following = str(request.url.include_query_params(offset=end)) if end < len(found) else None
        return JSONResponse({"collection": page, "next_href": following})


def _track(song: Song) -> dict[str, Any]:
    place = f"https://soundcloud.com/{_slug(song.artist)}"
    return {
        "kind": "track",
        "id": song.soundcloud_id,
        "urn": f"soundcloud:tracks:{song.soundcloud_id}",
        "title": song.title,
        "user": {"kind": "user", "username": song.artist, "permalink": _slug(song.artist), "permalink_url": place},
        "permalink_url": f"{place}/{_slug(song.title)}",
        "artwork_url": f"https://i1.sndcdn.com/artworks-{song.digest.hex()[:12]}-large.jpg",
        "duration": song.duration_ms,
        "genre": song.tags[0] if song.tags else None,
        "tag_list": " ".join(f'"{tag}"' for tag in song.tags),
        "isrc": song.isrc,
        "is_explicit": song.explicit,
        "release_year": song.year,
        "created_at": f"{song.year}/06/01 12:00:00 +0000",
        "license": "all-rights-reserved",
        "sharing": "public",
        "streamable": True,
        "access": "playable",
    }


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", name.casefold()))


def _error(status: int, reason: str) -> Any:
    return {
        "code": status,
        "message": reason,
        "link": LINK,
        "status": f"{status} - {STATUSES.get(status, 'Internal Server Error')}",
        "errors": [{"error_message": reason}] if reason else [],
        "error": None,
    }


def _limit_reached() -> Any:
    reset = datetime.now(UTC) + timedelta(hours=1)
    limit = {"group": "tokens", "max_nr_of_requests": TOKENS_IN_12_HOURS, "time_window": "PT12H"}
    meta = {"rate_limit": limit, "remaining_requests": 0, "reset_time": f"{reset:%Y/%m/%d %H:%M:%S} +0000"}
    return {"errors": [{"meta": meta}]}
