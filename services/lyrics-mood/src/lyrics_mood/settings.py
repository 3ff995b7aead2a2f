"""What lyrics-mood can be told by environment variables."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from musicalface_common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Read from variables that begin with LYRICS_MOOD_."""

    model_config = SettingsConfigDict(env_prefix="LYRICS_MOOD_")

    model: str = Field(default="default", description="Name or alias in model.json of the model that is served")
    workers: int = Field(default=1, gt=0, description="Inference threads: requests scored at the same time")
