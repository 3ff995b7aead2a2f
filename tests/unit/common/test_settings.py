"""Settings that all apps refuse. The errors contain no secret."""

import traceback

import pytest
from pydantic import ValidationError

from gateway.settings import Settings as GatewaySettings
from recommender.settings import Settings as RecommenderSettings


@pytest.mark.parametrize("kind", [GatewaySettings, RecommenderSettings])
@pytest.mark.parametrize(
    "url", ["localhost", "localhost:6379", "http://hunter2@localhost", "redis://:hunter2/xyz@localhost:6379"]
)
def test_an_invalid_redis_url_is_refused_without_quoting_its_password(
    kind: type[GatewaySettings] | type[RecommenderSettings], url: str
) -> None:
    with pytest.raises(ValidationError, match="must be the URL of a Redis") as refused:
        kind.model_validate({"redis_url": url})
    assert "hunter2" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("url", ["redis://localhost", "rediss://:secret@redis:6380/1", "unix:///run/redis.sock"])
def test_redis_urls_are_accepted(url: str) -> None:
    assert GatewaySettings(redis_url=url).redis_url == url
