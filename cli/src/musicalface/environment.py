"""Reads settings from the environment for commands."""

from typing import Any, TypeVar

from pydantic import ValidationError

from musicalface.failure import fail
from musicalface_common.settings import ServiceSettings

AnySettings = TypeVar("AnySettings", bound=ServiceSettings)


def read_settings(kind: type[AnySettings], **known: Any) -> AnySettings:
    """Return an app's settings: `known`, and the rest from the environment.

    If a setting is invalid, end the command with an error that names its variable.
    """
    try:
        return kind(**known)
    except ValidationError as error:
        prefix = kind.model_config.get("env_prefix", "")
        fail("; ".join(_error_text(prefix, entry["loc"][0], entry["msg"]) for entry in error.errors()))


def _error_text(prefix: str, name: int | str, message: str) -> str:
    return f"{prefix}{str(name).upper()}: {message.removeprefix('Value error, ')}"
