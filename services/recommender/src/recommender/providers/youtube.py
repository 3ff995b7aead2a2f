"""Finds songs at YouTube with search.list of its Data API v3, which allows a hundred calls a day.

https://developers.google.com/youtube/v3/docs/search/list and .../docs/errors, .../determine_quota_cost
"""

from datetime import UTC, datetime, time, timedelta
from html import unescape
from urllib.parse import quote

import httpx
from pydantic import BaseModel, Field, SecretStr, ValidationError

from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.domain.uploads import is_official_video, is_own_upload
from recommender.providers.http import TIMEOUT, call, parsed, retry_after
from recommender.providers.protocol import ProviderFailed, ProviderLimited

MUSIC = "10"
RESULTS = 10
CREDENTIALS_SECONDS = 3600.0
RATE_SECONDS = 60.0
# YouTube renews the quota at midnight Pacific time: 7:00 UTC in summer, 8:00 UTC in winter. One minute is added because
# clocks differ.
RESETS_UTC = (time(7, 1, tzinfo=UTC), time(8, 1, tzinfo=UTC))
QUOTA_REASONS = {"quotaExceeded", "dailyLimitExceeded"}
RATE_REASONS = {"rateLimitExceeded", "userRateLimitExceeded"}
KEY_REASONS = {"keyInvalid", "keyExpired", "API_KEY_INVALID"}


class Thumbnail(BaseModel):
    url: str


class Snippet(BaseModel):
    title: str
    channel: str = Field(alias="channelTitle")
    thumbnails: dict[str, Thumbnail] = {}


class VideoId(BaseModel):
    video: str = Field(alias="videoId")


class Video(BaseModel):
    id: VideoId
    snippet: Snippet


class Videos(BaseModel):
    items: list[Video]


class ErrorReason(BaseModel):
    reason: str = ""


class ErrorBody(BaseModel):
    message: str = ""
    errors: list[ErrorReason] = []
    details: list[ErrorReason] = []


class ErrorResponse(BaseModel):
    error: ErrorBody = ErrorBody()


class YouTubeClient:
    """Finds songs with YouTube's Data API. It sends the key in a header, so that no log of URLs contains it."""

    provider = Provider.YOUTUBE

    def __init__(self, api_url: str, key: SecretStr) -> None:
        headers = {b"X-Goog-Api-Key": key.get_secret_value().encode()}
        self._client = httpx.Client(base_url=api_url, headers=headers, timeout=TIMEOUT)

    def find(self, track: Track) -> Playback | None:
        """Find the song's video. Blocks. Raises ProviderLimited, ProviderFailed."""
        response = call(self._client, "GET", "search", params=_query(track))
        if response.is_client_error:
            raise _refused(response)
        videos = parsed(Videos, response).items
        return next((_playback(video) for video in videos if _is_song(track, video.snippet)), None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _query(track: Track) -> dict[str, str | int]:
    return {
        "part": "snippet",
        "type": "video",
        "videoCategoryId": MUSIC,
        "videoEmbeddable": "true",
        "maxResults": RESULTS,
        "q": f"{track.artist} {track.title}",
    }


def _is_song(track: Track, snippet: Snippet) -> bool:
    title = unescape(snippet.title)  # search.list escapes for HTML
    return is_own_upload(track, [unescape(snippet.channel)], title) or is_official_video(track, title)


def _playback(video: Video) -> Playback:
    identity = quote(video.id.video, safe="")
    thumbnails = video.snippet.thumbnails
    best = thumbnails.get("high") or thumbnails.get("medium") or thumbnails.get("default")
    return Playback(
        provider_id=video.id.video,
        url=f"https://www.youtube.com/watch?v={identity}",
        embed_url=f"https://www.youtube-nocookie.com/embed/{identity}",
        artwork_url=best.url if best else None,
        explicit=None,
        duration_ms=None,
    )


def _refused(response: httpx.Response) -> ProviderLimited | ProviderFailed:
    error = _error(response)
    reasons = {each.reason for each in (*error.errors, *error.details)}
    # For a used-up quota YouTube sends 403 quotaExceeded, or 429 with the limit in the message.
    if reasons & QUOTA_REASONS or "per day" in error.message:
        return ProviderLimited(seconds_to_reset(datetime.now(UTC)), "quota")
    if reasons & RATE_REASONS or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        seconds = retry_after(response.headers.get("Retry-After", ""))
        return ProviderLimited(RATE_SECONDS if seconds is None else seconds, "rate-limit")
    if reasons & KEY_REASONS or response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return ProviderLimited(CREDENTIALS_SECONDS, "credentials")
    return ProviderFailed(f"status {response.status_code}")


def _error(response: httpx.Response) -> ErrorBody:
    try:
        return ErrorResponse.model_validate_json(response.content).error
    except ValidationError:
        return ErrorBody()


def seconds_to_reset(now: datetime) -> float:
    """Return the seconds until the next of RESETS_UTC: YouTube may renew the quota then."""
    days = (now.date(), now.date() + timedelta(days=1))
    resets = (datetime.combine(day, at) for day in days for at in RESETS_UTC)
    return min((reset - now).total_seconds() for reset in resets if reset > now)
