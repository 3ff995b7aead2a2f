"""The parameters that several routes share."""

import re
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import AfterValidator, BeforeValidator, Field

from gateway.services import Services
from gateway.services.recommender import Filters, Kind, Policy, Provider, Season, Selection
from musicalface_common.errors import InvalidRequest
from musicalface_common.state import state_of

# The largest whole number that every JSON parser reads exactly (RFC 8259, section 6).
MAX_SEED = 2**53 - 1
MAX_EXCLUDED = 500


def check_track_id(text: str) -> str:
    """Return the id of a track. Raises ValueError for text of another form."""
    # Not a pattern of pydantic's, whose words would be the pattern.
    if not re.fullmatch("[0-9a-f]{12}", text):
        raise ValueError("must be 12 hexadecimal digits")
    return text


def as_number(value: Any) -> Any:
    """Return the number that a text of digits stands for, and any other value as it is."""
    return int(value) if isinstance(value, str) and re.fullmatch("[0-9]{1,3}", value) else value


def split_commas(values: Any) -> Any:
    """Split each value of a parameter at its commas, and return all parts as one list. Keep anything but a list.

    Raises ValueError for more than MAX_EXCLUDED parts, before each is checked.
    """
    if not isinstance(values, list):
        return values
    parts = [part for value in values for part in value.split(",") if part]
    if len(parts) > MAX_EXCLUDED:
        raise ValueError(f"must have at most {MAX_EXCLUDED} items")
    return parts


TrackId = Annotated[str, AfterValidator(check_track_id), Field(json_schema_extra={"pattern": "^[0-9a-f]{12}$"})]
CurrentServices = Annotated[Services, Depends(state_of(Services))]
Limit = Annotated[int, Query(ge=1, le=50, description="Number of tracks")]
ProviderChoice = Annotated[Provider, Query(description="The music service that all links of a response lead to")]
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
    """Read the filters from the query string. Raises InvalidRequest for years in the wrong order."""
    if year_from is not None and year_to is not None and year_from > year_to:
        raise InvalidRequest("year_from must not be after year_to")
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
        Policy, Query(description="`match`: songs of the mood; `lift`: from the mood, step by step, to a happier one")
    ] = "match",
    provider: ProviderChoice = "spotify",
    exclude: Annotated[
        list[TrackId],
        BeforeValidator(split_commas),
        Query(
            max_length=MAX_EXCLUDED,
            description="Ids of tracks to leave out: comma-separated, or one per parameter of this name",
        ),
    ] = [],  # noqa: B006 - FastAPI copies defaults
    seed: Annotated[int | None, Query(ge=0, le=MAX_SEED, description="The same seed gives the same tracks")] = None,
) -> Selection:
    """Read the options of a recommendation from the query string."""
    return Selection(limit=limit, policy=policy, provider=provider, exclude=exclude, seed=seed, filters=filters)


SelectionQuery = Annotated[Selection, Depends(read_selection)]
