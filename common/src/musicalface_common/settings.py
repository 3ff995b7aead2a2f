"""Settings that all apps read from environment variables."""

from contextlib import suppress
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REDIS_SCHEMES = ("redis", "rediss", "unix")


def _redis_url(url: str) -> str:
    # Not the parser's message, which may quote the password.
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in REDIS_SCHEMES and (parts.port is None or parts.port):
            return url
    raise ValueError("not a Redis URL; an example is redis://localhost:6379/0")


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
    upload_timeout_s: float = Field(
        default=30.0, gt=0, description="Seconds in which a request body must arrive, else it is refused (408)"
    )
