"""The settings of the gateway, read from environment variables."""

import re
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Any

from limits import parse
from pydantic import Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from musicalface_common.settings import RedisUrl, ServiceSettings

Network = IPv4Network | IPv6Network
NO_RATE_LIMIT = ("", "0")
ANY_ORIGIN = "*"
# As a browser sends it in the header Origin.
ORIGIN = re.compile(r"https?://[a-z0-9._\[\]:-]+")


class Settings(ServiceSettings):
    """Each setting is read from the environment variable `GATEWAY_` plus its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="GATEWAY_")

    face_emotion_url: HttpUrl = Field(default=HttpUrl("http://127.0.0.1:8001"), description="URL of face-emotion")
    lyrics_mood_url: HttpUrl = Field(default=HttpUrl("http://127.0.0.1:8002"), description="URL of lyrics-mood")
    recommender_url: HttpUrl = Field(default=HttpUrl("http://127.0.0.1:8003"), description="URL of the recommender")
    deadline_s: float = Field(default=3.0, gt=0, description="Seconds from the end of the upload to the response (504)")
    photo_seconds: float = Field(
        default=0.5, gt=0, description="A photo is refused (503) if its faces would not be found within these seconds"
    )
    rate_limit: str = Field(default="60/minute", description="Requests per client, such as 60/minute; 0 for no limit")
    max_uploads_per_client: int = Field(
        default=16, gt=0, description="Bodies that one client sends at once (429); not counted without a rate limit"
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(),
        description="Comma-separated addresses or networks of proxies whose X-Forwarded-For (address of the client) "
        "and X-Forwarded-Proto (scheme) are used",
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(),
        description="Comma-separated keys. Clients that send one in X-API-Key are counted by key, others by address",
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Comma-separated origins whose pages may call the API from a browser, such as "
        "https://app.example.org; * for all",
    )
    redis_url: RedisUrl | None = Field(
        default=None,
        repr=False,
        description="Redis that counts requests for all processes, such as redis://redis:6379/0",
    )

    @field_validator("trusted_proxies", "api_keys", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("rate_limit")
    @classmethod
    def _check_rate_limit(cls, value: str) -> str:
        try:
            if value not in NO_RATE_LIMIT:
                parse(value)
        except ValueError:
            raise ValueError("must be a number per time, such as 60/minute, or 0 for no limit") from None
        return value

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        if not all(origin == ANY_ORIGIN or ORIGIN.fullmatch(origin) for origin in origins):
            raise ValueError("must be origins without a path, such as https://app.example.org, or *")
        return origins
