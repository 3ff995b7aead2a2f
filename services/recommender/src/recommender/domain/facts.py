"""Lists the facts of a song, derived from the fields of Track. The facts file and the tables have these columns."""

from collections.abc import Iterable
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from musicalface_common.vocabulary import MOODS
from recommender.domain.track import Length, Track

NAME_SEPARATOR = "|"


class Fact(NamedTuple):
    """A fact: its name, its type, whether it may be unknown, and the maximum length of a text in characters."""

    name: str
    kind: type
    optional: bool
    length: int | None


class ScoreFact(NamedTuple):
    """A fact that consists of four mood scores, and the names of their columns."""

    name: str
    columns: tuple[str, ...]


def join_names(names: Iterable[str]) -> str:
    """Return several names as one text."""
    return NAME_SEPARATOR.join(names)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a text that `join_names` made."""
    return tuple(name for name in text.split(NAME_SEPARATOR) if name)


def _facts() -> tuple[Fact, ...]:
    hints = get_type_hints(Track, include_extras=True)
    scores = [fact.name for fact in SCORE_FACTS]
    return tuple(_fact(name, hint) for name, hint in hints.items() if name not in ("id", *scores))


def _fact(name: str, hint: Any) -> Fact:
    annotated = get_origin(hint) is Annotated
    plain, *extras = get_args(hint) if annotated else (hint,)
    kind = get_origin(plain) if get_origin(plain) is tuple else (get_args(plain) or (plain,))[0]
    length = next((extra.characters for extra in extras if isinstance(extra, Length)), None)
    return Fact(name, kind, NoneType in get_args(plain) or kind is tuple, length)


SCORE_FACTS = (
    ScoreFact("scores", tuple(mood.value for mood in MOODS)),
    ScoreFact("people", tuple(f"people_{mood.value}" for mood in MOODS)),
)
# In the order of the facts file's columns.
FACTS = _facts()
COLUMNS = (*(fact.name for fact in FACTS), *(column for fact in SCORE_FACTS for column in fact.columns))
