"""Lists the facts of a song, derived from the fields of Track. The facts file and the tables have these columns."""

from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from recommender.domain.track import Length, Track


class Fact(NamedTuple):
    """A fact: its name, its type, whether it may be unknown, and the maximum length of a text in characters."""

    name: str
    kind: type
    optional: bool
    length: int | None


def _facts() -> tuple[Fact, ...]:
    hints = get_type_hints(Track, include_extras=True)
    return tuple(_fact(name, hint) for name, hint in hints.items() if name not in ("id", "scores"))


def _fact(name: str, hint: Any) -> Fact:
    annotated = get_origin(hint) is Annotated
    plain, *extras = get_args(hint) if annotated else (hint,)
    kinds = get_args(plain) or (plain,)
    length = next((extra.characters for extra in extras if isinstance(extra, Length)), None)
    return Fact(name, kinds[0], NoneType in kinds, length)


# In the order of the facts file's columns.
FACTS = _facts()
