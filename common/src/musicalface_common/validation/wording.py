"""Translates the errors of pydantic into words that a user understands. The words never contain the input."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from musicalface_common.validation.nearest import did_you_mean

Error = Mapping[str, Any]

SOURCES = ("body", "query", "path", "header", "cookie")
# A client chooses the names of unknown fields. Only one that looks like a name is repeated.
_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,40}")
UNNAMED = "…"
# A request may have hundreds.
MOST_FAULTS = 5
OTHER = "has a value that cannot be used"

# The types of pydantic's errors by the words for them. The names in braces are of an error's context.
_TYPES: Mapping[str, Sequence[str]] = {
    "is missing": ["missing"],
    "is not known": ["extra_forbidden", "invalid_key"],
    "must be above {gt}": ["greater_than"],
    "must be at least {ge}": ["greater_than_equal"],
    "must be below {lt}": ["less_than"],
    "must be at most {le}": ["less_than_equal"],
    "must be a multiple of {multiple_of}": ["multiple_of"],
    "must be a number": ["float_type", "float_parsing", "decimal_type", "decimal_parsing"],
    "must be a finite number": ["finite_number"],
    "must be a whole number": ["int_type", "int_parsing", "int_parsing_size", "int_from_float"],
    "must be true or false": ["bool_type", "bool_parsing"],
    "must be text": ["string_type"],
    "must have {min_length} or more characters": ["string_too_short"],
    "must have at most {max_length} characters": ["string_too_long", "url_too_long"],
    "must have ASCII characters only": ["string_not_ascii"],
    "has characters that are not valid Unicode": ["string_unicode"],
    "does not have the form that it must have": ["string_pattern_mismatch"],
    "must be a list": ["list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type"],
    "must have {min_length} or more items": ["too_short"],
    "must have at most {max_length} items": ["too_long"],
    "must be an object": ["model_type", "model_attributes_type", "dict_type", "mapping_type"],
    "must be a URL, such as http://localhost:8000": ["url_type", "url_parsing", "url_syntax_violation", "url_scheme"],
    "must be a path": ["path_type"],
    "must be an IP address or network": ["ip_v4_address", "ip_v4_network", "ip_v6_address", "ip_v6_network"],
}
_WORDS = {kind: words for words, kinds in _TYPES.items() for kind in kinds}
_CHOICES = ("enum", "literal_error")
_OWN_WORDS = ("value_error", "assertion_error")


def explain(errors: Iterable[Error]) -> str:
    """Return what is wrong with a request: the place and the fault of the first errors, each once."""
    sentences = list(islice(dict.fromkeys(map(_sentence, errors)), MOST_FAULTS + 1))
    return "; ".join(sentences[:MOST_FAULTS] + ["and more"] * (len(sentences) > MOST_FAULTS))


def fault(error: Error) -> str:
    """Return what is wrong with a value, such as `must be a whole number`."""
    kind = error["type"]
    context = {
        name: f"{value:g}" if isinstance(value, float) else value for name, value in error.get("ctx", {}).items()
    }
    if kind in _OWN_WORDS:
        return str(context.get("error", OTHER))
    if kind in _CHOICES:
        return _choice(context.get("expected", ""), error.get("input"))
    return _WORDS.get(kind, OTHER).format_map(context)


def name_of(text: str) -> str:
    """Return a name that a client chose, or a sign for one that does not look like a name."""
    return text if _NAME.fullmatch(text) else UNNAMED


def _sentence(error: Error) -> str:
    if error["type"] == "json_invalid":
        return f"the body is not valid JSON: the first fault is at character {error['loc'][-1]}"
    place = _place(error["loc"])
    if not place:
        return fault(error) if error["type"] in _OWN_WORDS else f"the body {fault(error)}"
    return f"{place}: {fault(error)}"


def _place(location: Sequence[str | int]) -> str:
    inner = location[1:] if location and location[0] in SOURCES else location
    return ".".join(name_of(str(part)) for part in inner)


def _choice(expected: str, given: object) -> str:
    """Return the words for a list of choices, which pydantic writes like `'match' or 'lift'`."""
    choices = re.findall(r"'([^']*)'|(-?\d+)", expected)
    known = [text or number for text, number in choices]
    listed = " or ".join(filter(None, (", ".join(known[:-1]), *known[-1:])))
    return f"must be {listed}{did_you_mean(str(given), known)}" if known else OTHER
