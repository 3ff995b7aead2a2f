"""Query parameters that several routes share."""

from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BeforeValidator, StringConstraints

from gateway.services import Clients
from gateway.services.recommender import Filters, Policy, Provider, Selection
from musicalface_common.state import state_of

# JSON numbers are exact up to here in every language.
MAX_SEED = 2**53 - 1
MAX_EXCLUDED = 500
TrackId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{12}$")]


def split_commas(values: Any) -> Any:
    """Split `a,b` and repeated values alike."""
    return [part for value in values for part in value.split(",") if part] if isinstance(values, list) else values


Services = Annotated[Clients, Depends(state_of(Clients))]
Limit = Annotated[int, Query(ge=1, le=50, description="How many tracks")]
ProviderChoice = Annotated[Provider, Query(description="Where the links lead: all of an answer to one provider")]
Genre = Annotated[str | None, Query(min_length=1, max_length=200, description="Only this genre", examples=["rock"])]
Language = Annotated[str | None, Query(min_length=1, max_length=16, description="Only this language", examples=["en"])]
YearFrom = Annotated[int | None, Query(ge=1000, le=9999, description="Only from this year on", examples=[1960])]
YearTo = Annotated[int | None, Query(ge=1000, le=9999, description="Only up to this year", examples=[1999])]

Explicit = Annotated[
    bool | None, Query(description="`true` for explicit lyrics alone, `false` for none of them", examples=[False])
]


def filters(
    genre: Genre = None,
    language: Language = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    explicit: Explicit = None,
) -> Filters:
    """Read the filters of a query."""
    return Filters(genre=genre, language=language, year_from=year_from, year_to=year_to, explicit=explicit)


def selection(
    *,
    narrowed: Annotated[Filters, Depends(filters)],
    limit: Limit = 10,
    policy: Annotated[
        Policy, Query(description="`match` songs to the mood, or `lift` a low one step by step")
    ] = "match",
    provider: ProviderChoice = "spotify",
    exclude: Annotated[
        list[TrackId],
        BeforeValidator(split_commas),
        Query(max_length=MAX_EXCLUDED, description="Ids of tracks not to give; repeat it, or use commas"),
    ] = [],  # noqa: B006 - FastAPI copies defaults
    seed: Annotated[int | None, Query(ge=0, le=MAX_SEED, description="The same seed gives the same tracks")] = None,
) -> Selection:
    """Read which tracks a query wishes for."""
    return Selection(limit=limit, policy=policy, provider=provider, exclude=exclude, seed=seed, filters=narrowed)


Wish = Annotated[Selection, Depends(selection)]
