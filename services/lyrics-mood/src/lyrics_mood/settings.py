"""Settings of lyrics-mood, read from environment variables."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from musicalface_common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Read from environment variables that begin with LYRICS_MOOD_."""

    model_config = SettingsConfigDict(env_prefix="LYRICS_MOOD_")

    model: str = Field(default="default", description="Name or alias in model.json of the served model")
    workers: int = Field(default=1, gt=0, description="Number of inference threads, each with one request at a time")
