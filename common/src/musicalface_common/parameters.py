"""Refuses a query string with parameters that its call does not have, which would else be ignored without a word."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import get_origin

from fastapi import Request, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from musicalface_common.errors import InvalidRequest
from musicalface_common.validation.nearest import did_you_mean
from musicalface_common.validation.wording import MOST_FAULTS, name_of

# By its name, whether a parameter takes several values.
Parameters = Mapping[str, bool]


async def check_parameters(request: Request) -> None:
    """Dependency of routes. Raises InvalidRequest for an unknown parameter and for a repeated one that takes one value.

    A route that is not in the OpenAPI document, such as a page, takes any parameter.
    """
    route = request.scope["route"]
    if route.include_in_schema and (faults := list(islice(_faults(request, _parameters(route)), MOST_FAULTS))):
        raise InvalidRequest("; ".join(faults))


def _parameters(route: APIRoute) -> Parameters:
    fields = get_flat_params(route.dependant)
    elsewhere = (params.Path, params.Header, params.Cookie)
    return {
        field.alias: get_origin(field.field_info.annotation) is list
        for field in fields
        if not isinstance(field.field_info, elsewhere)
    }


def _faults(request: Request, known: Parameters) -> Iterator[str]:
    for name in request.query_params:
        if name not in known:
            yield f"{name_of(name)}: {_unknown(name, request.query_params[name], known)}"
        elif not known[name] and len(request.query_params.getlist(name)) > 1:
            yield f"{name}: is there more than once, but takes one value"


def _unknown(name: str, value: str, known: Parameters) -> str:
    near = did_you_mean(name, known)
    # As in genre=r&b, where b is read as a parameter.
    hint = "" if near or value else " (a & inside a value is written %26)"
    takes = "" if near else f"; there are {', '.join(known)}" if known else "; this call has none"
    return f"there is no such parameter{near}{hint}{takes}"
