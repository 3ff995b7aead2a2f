"""Settings that all apps read from environment variables."""

import os
from contextlib import suppress
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REDIS_SCHEMES = ("redis", "rediss", "unix")
LEAST_TOKEN_CHARACTERS = 16


def _redis_url(url: str) -> str:
    # Not the parser's message, which may quote the password.
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in REDIS_SCHEMES and (parts.port is None or parts.port):
            return url
    raise ValueError("must be the URL of a Redis, such as redis://localhost:6379/0")


RedisUrl = Annotated[str, AfterValidator(_redis_url)]


class ServiceSettings(BaseSettings):
    """Settings of all apps. Each app adds its own, and a prefix for its variables. Error messages contain no values."""

    model_config = SettingsConfigDict(hide_input_in_errors=True)

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Lowest level that is logged"
    )
    log_format: Literal["json", "console"] = Field(
        default="json", description="One JSON object per line, or readable text"
    )
    max_body_bytes: int = Field(default=8 * 1024 * 1024, gt=0, description="Larger request bodies are refused (413)")
    max_concurrency: int = Field(default=64, gt=0, description="Requests served at once; more are refused (503)")
    max_connections: int = Field(default=768, gt=0, description="Open connections; one address may hold half of them")
    max_bodies_bytes: int = Field(
        default=128 * 1024 * 1024, gt=0, description="Bytes of all request bodies in memory; more are refused (503)"
    )
    upload_timeout_s: float = Field(
        default=30.0, gt=0, description="Seconds in which a request body must arrive, else it is refused (408)"
    )
    min_upload_rate: int = Field(
        default=16 * 1024, ge=0, description="Least bytes per second of a request body, on average after 5 s (408)"
    )
    metrics_token: SecretStr | None = Field(
        default=None, description="Bearer token that /metrics requires, 16 characters or more"
    )

    @field_validator("metrics_token")
    @classmethod
    def _not_guessable(cls, token: SecretStr | None) -> SecretStr | None:
        # No limit counts the requests for metrics.
        if token and len(token) < LEAST_TOKEN_CHARACTERS:
            raise ValueError(f"must have {LEAST_TOKEN_CHARACTERS} or more characters")
        return token or None


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
