"""Reads settings from environment variables, and names the variables that are wrong or misspelt."""

import os
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from musicalface_common.settings import ServiceSettings
from musicalface_common.startup import StartupError
from musicalface_common.validation.nearest import nearest
from musicalface_common.validation.wording import fault

AnySettings = TypeVar("AnySettings", bound=ServiceSettings)

# Kubernetes gives each container the addresses of all services of its namespace, such as GATEWAY_PORT_8000_TCP_ADDR
# for a service that is named gateway.
_KUBERNETES = re.compile(r"(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)")


class WrongSettingsError(StartupError):
    """Some settings are wrong. The message names their variables in one line, without their values."""


def read_settings(kind: type[AnySettings], **known: Any) -> AnySettings:
    """Return an app's settings: those in `known`, the rest from the environment. Raises WrongSettingsError."""
    try:
        return kind(**known)
    except ValidationError as error:
        prefix = _prefix(kind)
        complaints = (f"{prefix}{str(each['loc'][0]).upper()}: {fault(each)}" for each in error.errors())
        raise WrongSettingsError("; ".join(dict.fromkeys(complaints))) from None


def unknown_variables(kind: type[ServiceSettings]) -> Iterator[str]:
    """Yield a sentence on each environment variable that has the prefix of these settings but sets none of them."""
    if not (prefix := _prefix(kind)):
        return
    known = [name.upper() for name in kind.model_fields]
    for variable in sorted(map(str.upper, os.environ)):
        name = variable.removeprefix(prefix)
        if name != variable and name not in known and not _KUBERNETES.fullmatch(name):
            near = nearest(name, known)
            yield f"{variable} is not a setting" + (f" (did you mean {prefix}{near}?)" if near else "")


def _prefix(kind: type[ServiceSettings]) -> str:
    return str(kind.model_config.get("env_prefix", ""))
