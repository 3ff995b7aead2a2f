"""Fake of YouTube's Data API v3: GET search, with a quota of 100 calls per day that refused calls use up too."""

import html
from collections.abc import Iterable
from typing import Any

from fakes.provider import FakeProvider
from fakes.songs import Song
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

API_KEY = "fake-api-key"
QUOTA_LINK = '<a href="/youtube/v3/getting-started#quota">quota</a>'
QUOTA_MESSAGE = f"The request cannot be completed because you have exceeded your {QUOTA_LINK}."
KEY_MESSAGE = "API key not valid. Please pass a valid API key."
# The error of an invalid key before Google added details; client libraries still expect it.
KEY_INVALID = {
    "error": {
        "code": 400,
        "message": "Bad Request",
        "errors": [{"domain": "usageLimits", "reason": "keyInvalid", "message": "Bad Request"}],
    }
}
REASONS = {
    400: ("global", "badRequest", "Request contains an invalid argument."),
    403: ("youtube.quota", "quotaExceeded", QUOTA_MESSAGE),
    429: ("global", "rateLimitExceeded", "Resource has been exhausted (e.g. check quota)."),
}
LARGEST_PAGE = 50


class YouTubeFake(FakeProvider):
    """Fake YouTube. Key of `calls`: search (below base + "/youtube/v3/"). `used` counts the calls of this day."""

    def __init__(self, songs: Iterable[Song] = (), quota: int = 100) -> None:
        self.quota = quota
        self.used = 0
        super().__init__(songs, {("/youtube/v3/search", "search"): self._search})

    def error(self, status: int, route: str) -> Any:
        domain, reason, message = REASONS.get(status, ("global", "backendError", "Backend Error"))
        errors = [{"message": message, "domain": domain, "reason": reason}]
        return {"error": {"code": status, "message": message, "errors": errors}}

    async def _search(self, request: Request) -> Response:
        query = request.query_params
        if (request.headers.get("x-goog-api-key") or query.get("key")) != API_KEY:
            return JSONResponse(_unknown_key(), 400)
        self.used += 1
        if self.used > self.quota:
            return JSONResponse(self.error(403, "search"), 403)
        size = query.get("maxResults", "5")
        if "part" not in query or not size.isdecimal() or int(size) > LARGEST_PAGE:
            return JSONResponse(self.error(400, "search"), 400)
        found = self.index.having(query.get("q", ""))
        return JSONResponse(_list(found, int(size)))


def _unknown_key() -> Any:
    details = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
    }
    errors = [{"message": KEY_MESSAGE, "domain": "global", "reason": "badRequest"}]
    error = {"code": 400, "message": KEY_MESSAGE, "errors": errors, "status": "INVALID_ARGUMENT", "details": [details]}
    return {"error": error}


def _list(found: list[Song], size: int) -> dict[str, Any]:
    return {
        "kind": "youtube#searchListResponse",
        "etag": "fake-etag",
        "regionCode": "DE",
        "pageInfo": {"totalResults": len(found), "resultsPerPage": size},
        "items": [_result(song) for song in found[:size]],
    }


def _result(song: Song) -> dict[str, Any]:
    pictures = {"default": ("default", 120, 90), "medium": ("mqdefault", 320, 180), "high": ("hqdefault", 480, 360)}
    return {
        "kind": "youtube#searchResult",
        "etag": song.digest.hex()[:27],
        "id": {"kind": "youtube#video", "videoId": song.youtube_id},
        "snippet": {
            "publishedAt": f"{song.year}-06-01T12:00:00Z",
            "channelId": f"UC{song.digest.hex()[:22]}",
            "title": _escaped(f"{song.artist} - {song.title} (Official Video)"),
            "description": "",
            "thumbnails": {
                size: {"url": f"https://i.ytimg.com/vi/{song.youtube_id}/{name}.jpg", "width": width, "height": height}
                for size, (name, width, height) in pictures.items()
            },
            "channelTitle": _escaped(song.artist),
            "liveBroadcastContent": "none",
            "publishTime": f"{song.year}-06-01T12:00:00Z",
        },
    }


def _escaped(text: str) -> str:
    # YouTube escapes search results for HTML, unlike the results of its other methods.
    return html.escape(text).replace("&#x27;", "&#39;")
