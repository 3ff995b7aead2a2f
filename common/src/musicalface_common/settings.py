"""What every app can be told by environment variables."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings


class ServiceSettings(BaseSettings):
    """Settings shared by all apps; each app adds its own and names its prefix."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least severe level logged"
    )
    log_format: Literal["json", "console"] = Field(default="json", description="One JSON object a line, or for reading")
    max_body_bytes: int = Field(default=8 * 1024 * 1024, gt=0, description="Larger request bodies are refused (413)")
    max_concurrency: int = Field(default=64, gt=0, description="Requests served at once; more are refused (503)")
    upload_timeout_s: float = Field(default=30.0, gt=0, description="Seconds for a request body to arrive (408)")
