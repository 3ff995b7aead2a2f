"""Refuses a query string with parameters that its call does not have, which would else be ignored without a word."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import Request

from musicalface_common.errors import InvalidRequest
from musicalface_common.validation.nearest import did_you_mean
from musicalface_common.validation.wording import name_of

Schemas = Mapping[str, Any]


async def check_parameters(request: Request) -> None:
    """Dependency of routes. Raises InvalidRequest for an unknown parameter and for a repeated one that takes one value.

    The app's OpenAPI document says which parameters a call has. A route that it does not describe takes any.
    """
    known = _parameters(request)
    if known is not None and (faults := list(_faults(request, known))):
        raise InvalidRequest("; ".join(faults))


def _parameters(request: Request) -> Schemas | None:
    """Return the schema of each parameter of the called route by its name."""
    methods = request.app.openapi()["paths"].get(request.scope["route"].path_format)
    if methods is None:
        return None
    operation = methods.get(request.method.lower()) or methods.get("get", {})
    return {each["name"]: each["schema"] for each in operation.get("parameters", ()) if each["in"] == "query"}


def _faults(request: Request, known: Schemas) -> Iterator[str]:
    for name in request.query_params:
        if name not in known:
            yield f"{name_of(name)}: {_unknown(name, request.query_params[name], known)}"
        elif not _takes_several(known[name]) and len(request.query_params.getlist(name)) > 1:
            yield f"{name}: is there more than once, but takes one value"


def _unknown(name: str, value: str, known: Schemas) -> str:
    near = did_you_mean(name, known)
    # As in genre=r&b, where b is read as a parameter.
    hint = "" if near or value else " (a & inside a value is written %26)"
    takes = "" if near else f"; there are {', '.join(known)}" if known else "; this call has none"
    return f"there is no such parameter{near}{hint}{takes}"


def _takes_several(schema: Mapping[str, Any]) -> bool:
    return any(each.get("type") == "array" for each in (schema, *schema.get("anyOf", ())))
