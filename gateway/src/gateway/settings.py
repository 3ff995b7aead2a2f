"""What the gateway can be told by environment variables (prefix GATEWAY_)."""

from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Any

from limits import parse
from pydantic import Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from musicalface_common.settings import RedisUrl, ServiceSettings

Network = IPv4Network | IPv6Network
NO_RATE_LIMIT = ("", "0")


class Settings(ServiceSettings):
    """Settings of the gateway."""

    model_config = SettingsConfigDict(env_prefix="GATEWAY_")

    face_emotion_url: HttpUrl = Field(default=HttpUrl("http://127.0.0.1:8001"), description="Where face-emotion is")
    lyrics_mood_url: HttpUrl = Field(default=HttpUrl("http://127.0.0.1:8002"), description="Where lyrics-mood is")
    recommender_url: HttpUrl = Field(default=HttpUrl("http://127.0.0.1:8003"), description="Where recommender is")
    deadline_s: float = Field(default=3.0, gt=0, description="Seconds for a request once it has arrived (504)")
    rate_limit: str = Field(default="60/minute", description="Requests a client, such as 60/minute; 0 for no limit")
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(), description="Addresses or networks, by commas, whose X-Forwarded-For is believed"
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), description="By commas: clients with one of these in X-API-Key are counted by it"
    )
    redis_url: RedisUrl | None = Field(
        default=None, repr=False, description="Counts requests across processes, such as redis://redis:6379/0"
    )

    @field_validator("trusted_proxies", "api_keys", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("rate_limit")
    @classmethod
    def _understood(cls, value: str) -> str:
        if value not in NO_RATE_LIMIT:
            parse(value)
        return value
