"""What the face-emotion service can be told by environment variables."""

import os
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from musicalface_common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of the service, each read from `FACE_EMOTION_` and its name."""

    model_config = SettingsConfigDict(env_prefix="FACE_EMOTION_")

    detector: Literal["yunet", "haar"] = Field(default="yunet", description="Who finds the faces")
    model: str = Field(default="default", description="The model of model.json that is served")
    # One more than the cores: while one holds the interpreter, the others infer.
    workers: int = Field(default_factory=lambda: 1 + (os.cpu_count() or 1), gt=0, description="Inference threads")
    max_pixels: int = Field(default=25_000_000, gt=0, description="Larger images are refused (413)")
