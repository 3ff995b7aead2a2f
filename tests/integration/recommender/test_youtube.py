"""YouTubeClient with a fake of YouTube's Data API on a real server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import format_exception
from typing import Any

import pytest
from fakes.songs import Song
from fakes.youtube import API_KEY, KEY_INVALID, YouTubeFake
from pydantic import SecretStr
from support.server import free_port, serve
from support.tracks import track_named

from recommender.domain.playback import Playback
from recommender.providers.protocol import ProviderFailed, ProviderLimited
from recommender.providers.youtube import YouTubeClient, seconds_to_reset

ANN = Song("Ann & Bob", "Don't Go")
COVER = Song("Ann & Bob", "Don't Go (Karaoke)")
TRACK = track_named("Ann & Bob", "Don't Go")
DAY_LIMIT = "Quota exceeded for quota metric 'Search Queries' and limit 'Search Queries per day' of service 'youtube'."


@pytest.fixture
def fake() -> YouTubeFake:
    return YouTubeFake([COVER, ANN])


@pytest.fixture
def youtube(fake: YouTubeFake) -> Iterator[YouTubeClient]:
    with serve(fake.app) as url:
        youtube = YouTubeClient(f"{url}/youtube/v3/", SecretStr(API_KEY))
        yield youtube
        youtube.close()


def limit(youtube: YouTubeClient) -> tuple[str, float]:
    with pytest.raises(ProviderLimited) as limited:
        youtube.find(TRACK)
    return limited.value.reason, limited.value.seconds


def test_the_song_is_found_among_others(youtube: YouTubeClient) -> None:
    assert youtube.find(TRACK) == Playback(
        provider_id=ANN.youtube_id,
        url=f"https://www.youtube.com/watch?v={ANN.youtube_id}",
        embed_url=f"https://www.youtube-nocookie.com/embed/{ANN.youtube_id}",
        artwork_url=f"https://i.ytimg.com/vi/{ANN.youtube_id}/hqdefault.jpg",
        explicit=None,
        duration_ms=None,
    )


def test_one_search_is_made_for_music_that_can_be_embedded(youtube: YouTubeClient, fake: YouTubeFake) -> None:
    youtube.find(TRACK)
    (query,) = fake.queries
    assert query["q"] == "Ann & Bob Don't Go"
    assert {query[name] for name in ("part", "type", "videoCategoryId", "videoEmbeddable")} == {
        "snippet", "video", "10", "true",
    }  # fmt: skip


def test_the_key_is_in_no_url(youtube: YouTubeClient, fake: YouTubeFake) -> None:
    youtube.find(TRACK)
    assert API_KEY not in str(fake.queries)


@pytest.mark.parametrize("songs", [[], [COVER], [Song("Carl", "Don't Go")]])
def test_without_the_song_the_result_is_none(youtube: YouTubeClient, fake: YouTubeFake, songs: list[Song]) -> None:
    fake.songs = songs
    assert youtube.find(TRACK) is None


def test_a_used_up_quota_lasts_until_it_is_renewed(youtube: YouTubeClient, fake: YouTubeFake) -> None:
    fake.quota = 1
    assert youtube.find(TRACK)
    reason, seconds = limit(youtube)
    assert reason == "quota"
    assert 0 < seconds <= 23 * 3600 and seconds == pytest.approx(seconds_to_reset(datetime.now(UTC)), abs=5)


@pytest.mark.parametrize(
    ("now", "reset"),
    [
        ("2026-11-22T12:00", "2026-11-23T07:01"),
        ("2026-11-22T07:00", "2026-11-22T07:01"),
        ("2026-11-22T07:30", "2026-11-22T08:01"),
        ("2026-12-31T23:59", "2027-01-01T07:01"),
    ],
)
def test_the_quota_is_renewed_at_midnight_pacific_time_in_summer_or_winter(now: str, reset: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert seconds_to_reset(at) == (datetime.fromisoformat(reset).replace(tzinfo=UTC) - at).total_seconds()


def fault(message: str = "", reason: str = "", detail: str = "") -> dict[str, Any]:
    return {
        "error": {"message": message, "errors": [{"reason": reason}], "details": [{"@type": "x", "reason": detail}]}
    }


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, fault(reason="dailyLimitExceeded"), "quota"),
        (429, fault(DAY_LIMIT, "rateLimitExceeded", "RATE_LIMIT_EXCEEDED"), "quota"),
        (429, fault(reason="rateLimitExceeded"), "rate-limit"),
        (403, fault(reason="userRateLimitExceeded"), "rate-limit"),
        (429, "no JSON object", "rate-limit"),
        (400, fault(reason="badRequest", detail="API_KEY_INVALID"), "credentials"),
        (400, KEY_INVALID, "credentials"),
        (403, fault(reason="accessNotConfigured"), "credentials"),
        (403, {"error": None}, "credentials"),
        (401, [], "credentials"),
    ],
)
def test_each_refusal_has_its_reason(
    youtube: YouTubeClient, fake: YouTubeFake, status: int, body: Any, reason: str
) -> None:
    fake.fail_with(status=status, body=body)
    expected = {"rate-limit": 60, "credentials": 3600, "quota": seconds_to_reset(datetime.now(UTC))}[reason]
    said, seconds = limit(youtube)
    assert said == reason
    assert seconds == pytest.approx(expected, abs=5)


@pytest.mark.parametrize(("said", "seconds"), [("7", 7), ("0", 1), ("99999999999", 86400), ("soon", 60), ("²", 60)])
def test_a_rate_limit_lasts_as_long_as_it_says(
    youtube: YouTubeClient, fake: YouTubeFake, said: str, seconds: float
) -> None:
    fake.fail_with(status=429, headers={"Retry-After": said})
    assert limit(youtube) == ("rate-limit", seconds)


def test_an_unknown_key_is_not_tried_again_and_not_shown() -> None:
    with serve(YouTubeFake([ANN]).app) as url:
        youtube = YouTubeClient(f"{url}/youtube/v3/", SecretStr("a-secret-that-is-wrong"))
        with pytest.raises(ProviderLimited) as limited:
            youtube.find(TRACK)
        youtube.close()
    assert limited.value.reason == "credentials"
    assert "a-secret" not in repr(limited.value) + str(limited.value)


@pytest.mark.parametrize(
    "key", ["a-secret\n", "a-secret\0", "geheimn\N{LATIN SMALL LETTER I WITH DIAERESIS}s-a-secret"]
)
def test_a_key_that_fits_no_header_is_not_shown(fake: YouTubeFake, key: str) -> None:
    with serve(fake.app) as url:
        youtube = YouTubeClient(f"{url}/youtube/v3/", SecretStr(key))
        with pytest.raises((ProviderFailed, ProviderLimited)) as failed:
            youtube.find(TRACK)
        youtube.close()
    assert "a-secret" not in "".join(format_exception(failed.value))


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 503, "headers": {"Retry-After": "5"}},
        {"status": 404},
        {"status": 302, "headers": {"Location": "https://example.org/"}},
        {"reset": True},
        {"broken_json": True},
        {"status": 200, "body": {"items": [{"id": {}}]}},
        {"status": 200, "body": []},
    ],
)
def test_a_temporary_fault_fails_only_this_call(
    youtube: YouTubeClient, fake: YouTubeFake, fault: dict[str, Any]
) -> None:
    fake.fail_with(**fault)
    with pytest.raises(ProviderFailed) as failed:
        youtube.find(TRACK)
    assert API_KEY not in str(failed.value)
    assert fake.calls["search"] == 1
    fake.recover()
    assert youtube.find(TRACK)


def test_an_unreachable_or_silent_youtube_fails_in_time(fake: YouTubeFake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.providers.youtube.TIMEOUT", 0.2)
    fake.delay = 5
    with serve(fake.app) as url:
        for at in (f"{url}/youtube/v3/", f"http://127.0.0.1:{free_port()}/"):
            youtube = YouTubeClient(at, SecretStr(API_KEY))
            with pytest.raises(ProviderFailed):
                youtube.find(TRACK)
            youtube.close()
