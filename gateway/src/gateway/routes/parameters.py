"""The parameters that several routes share."""

from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BeforeValidator, StringConstraints

from gateway.services import Services
from gateway.services.recommender import Filters, Kind, Policy, Provider, Season, Selection
from musicalface_common.state import state_of

# The largest whole number that every JSON parser reads exactly (RFC 8259, section 6).
MAX_SEED = 2**53 - 1
MAX_EXCLUDED = 500
TrackId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{12}$")]


def split_commas(values: Any) -> Any:
    """Split comma-separated values. A repeated parameter gives one list of all its values."""
    return [part for value in values for part in value.split(",") if part] if isinstance(values, list) else values


CurrentServices = Annotated[Services, Depends(state_of(Services))]
Limit = Annotated[int, Query(ge=1, le=50, description="Number of tracks")]
ProviderChoice = Annotated[Provider, Query(description="The provider that all links of a response lead to")]
Genre = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=200,
        description="Only tracks of this genre, or of one of several, comma-separated",
        examples=["rock"],
    ),
]
Language = Annotated[
    str | None,
    Query(min_length=1, max_length=16, description="Only tracks in this language (ISO 639-1)", examples=["en"]),
]
YearFrom = Annotated[
    int | None, Query(ge=1000, le=9999, description="Only tracks of this year or later", examples=[1960])
]
YearTo = Annotated[
    int | None, Query(ge=1000, le=9999, description="Only tracks of this year or earlier", examples=[1999])
]

Explicit = Annotated[
    bool | None,
    Query(description="`true`: only tracks with explicit lyrics; `false`: only tracks without", examples=[False]),
]
SeasonChoice = Annotated[
    Season | None,
    Query(description="Only tracks for this time of the year; lists have none unless asked", examples=["christmas"]),
]
KindChoice = Annotated[
    Kind | None,
    Query(
        description="Only this kind; lists have hymns, anthems and sketches only if asked", examples=["instrumental"]
    ),
]


def read_filters(
    genre: Genre = None,
    language: Language = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    explicit: Explicit = None,
    season: SeasonChoice = None,
    kind: KindChoice = None,
) -> Filters:
    """Read the filters from the query string."""
    return Filters(
        genre=genre,
        language=language,
        year_from=year_from,
        year_to=year_to,
        explicit=explicit,
        season=season,
        kind=kind,
    )


FiltersQuery = Annotated[Filters, Depends(read_filters)]


def read_selection(
    *,
    filters: FiltersQuery,
    limit: Limit = 10,
    policy: Annotated[
        Policy, Query(description="`match`: songs of the mood. `lift`: from the mood, step by step, to a happier one")
    ] = "match",
    provider: ProviderChoice = "spotify",
    exclude: Annotated[
        list[TrackId],
        BeforeValidator(split_commas),
        Query(
            max_length=MAX_EXCLUDED,
            description="Ids of tracks to leave out, comma-separated or as a repeated parameter",
        ),
    ] = [],  # noqa: B006 - FastAPI copies defaults
    seed: Annotated[int | None, Query(ge=0, le=MAX_SEED, description="The same seed gives the same tracks")] = None,
) -> Selection:
    """Read the options of a recommendation from the query string."""
    return Selection(limit=limit, policy=policy, provider=provider, exclude=exclude, seed=seed, filters=filters)


SelectionQuery = Annotated[Selection, Depends(read_selection)]
