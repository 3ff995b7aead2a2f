"""Fake of ListenBrainz: radio by tags, metadata of recordings, and a rate limit per window of 10 s."""

import time
from collections.abc import Iterable
from typing import Any

from fakes.oauth import bearer
from fakes.provider import Answer, FakeProvider
from fakes.songs import Song
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

TOKEN = "fake-user-token"
WINDOW_SECONDS = 10
MESSAGES = {
    401: "You need to provide an Authorization token.",
    429: "You have exceeded your rate limit. See the X-RateLimit-* response headers for more information on your "
    "current rate limit.",
}
INCLUDABLE = ("artist", "tag", "release")


class ListenBrainzFake(FakeProvider):
    """Fake ListenBrainz. Its routes are below base + "/1/".

    Keys of `calls`: lb-radio (GET lb-radio/tags) and metadata (GET and POST metadata/recording/). The radio requires
    `token`, unless it is None. It finds songs by their tags; earlier songs are more popular. `rate_limit` is the
    number of calls per window of 10 s.
    """

    def __init__(self, songs: Iterable[Song] = (), token: str | None = None, rate_limit: int = 30) -> None:
        self.token = token
        self.rate_limit = rate_limit
        self._window_ends = 0.0
        self._remaining = rate_limit
        answers = {
            ("/1/lb-radio/tags", "lb-radio"): self._limited(self._radio),
            ("/1/metadata/recording/", "metadata"): self._limited(self._recordings),
        }
        super().__init__(songs, answers)

    def error(self, status: int, route: str) -> Any:
        return {"code": status, "error": MESSAGES.get(status, "An unknown error occurred.")}

    def _limited(self, answer: Answer) -> Answer:
        async def limited(request: Request) -> Response:
            is_over = self._count() < 0
            response = JSONResponse(self.error(429, ""), 429) if is_over else await answer(request)
            response.headers.update(self._limits())
            return response

        return limited

    def _count(self) -> int:
        if time.time() >= self._window_ends:
            self._window_ends = time.time() + WINDOW_SECONDS
            self._remaining = self.rate_limit
        self._remaining -= 1
        return self._remaining

    def _limits(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.rate_limit),
            "X-RateLimit-Remaining": str(max(self._remaining, 0)),
            "X-RateLimit-Reset-In": str(max(round(self._window_ends - time.time()), 0)),
            "X-RateLimit-Reset": str(round(self._window_ends)),
        }

    async def _radio(self, request: Request) -> Response:
        query = request.query_params
        if self.token is not None and bearer(request, "Token") != self.token:
            return JSONResponse(self.error(401, ""), 401)
        tags = set(query.getlist("tag"))
        numbers = [query.get(name, "") for name in ("pop_begin", "pop_end", "count")]
        if not tags or not all(map(str.isdecimal, numbers)) or query.get("operator", "AND") not in ("AND", "OR"):
            return _bad_request("tag, pop_begin, pop_end and count are required; operator is AND or OR.")
        begin, end, count = map(int, numbers)
        enough = len(tags) if query.get("operator", "AND") == "AND" else 1
        tagged = [song for song in self.songs if len(tags & set(song.tags)) >= enough]
        radio = [_radio_recording(song, place, len(tagged)) for place, song in enumerate(tagged)]
        return JSONResponse([entry for entry in radio if begin <= entry["percent"] <= end][:count])

    async def _recordings(self, request: Request) -> Response:
        query = await request.json() if request.method == "POST" else dict(request.query_params)
        mbids, included = query.get("recording_mbids"), query.get("inc", "").split()
        if not mbids or not set(included) <= set(INCLUDABLE):
            return _bad_request("recording_mbids are required; inc is a list of artist, tag, release.")
        asked = mbids.split(",") if isinstance(mbids, str) else mbids
        known = self.index.by_recording_mbid
        return JSONResponse({mbid: _recording(known[mbid], included) for mbid in asked if mbid in known})


def _bad_request(message: str) -> Response:
    return JSONResponse({"code": 400, "error": message}, 400)


def _radio_recording(song: Song, place: int, of: int) -> dict[str, Any]:
    percent = 100 * (of - place) / of
    return {"recording_mbid": song.recording_mbid, "percent": percent, "source": "recording", "tag_count": 1}


def _recording(song: Song, included: list[str]) -> dict[str, Any]:
    artists = [{"artist_mbid": Song(name, "").recording_mbid, "join_phrase": "", "name": name} for name in song.artists]
    facts: dict[str, Any] = {
        "artist": {"artist_credit_id": 1, "artists": artists, "name": " feat. ".join(song.artists)},
        "tag": {"recording": [{"count": 1, "tag": tag} for tag in song.tags], "artist": [], "release_group": []},
        "release": {"album_artist_name": song.artist, "name": song.album, "year": song.year},
    }
    recording = {"length": song.duration_ms, "name": song.title, "rels": []}
    return {"recording": recording, **{part: facts[part] for part in included}}
