"""Reads settings from the environment for commands."""

from typing import Any, TypeVar

import typer

from musicalface.failure import fail
from musicalface_common import environment
from musicalface_common.settings import ServiceSettings
from musicalface_common.startup import StartupError

AnySettings = TypeVar("AnySettings", bound=ServiceSettings)


def read_settings(kind: type[AnySettings], **known: Any) -> AnySettings:
    """Return an app's settings: `known`, and the rest from the environment.

    If a setting is invalid, end the command with an error that names its variable.
    """
    try:
        return environment.read_settings(kind, **known)
    except StartupError as error:
        fail(str(error))


def warn_of_unknown_variables(kind: type[ServiceSettings]) -> None:
    """Name misspelt variables on standard error, for commands that start no app: apps name them in their log."""
    for sentence in environment.unknown_variables(kind):
        typer.echo(f"musicalface: {sentence}", err=True)
