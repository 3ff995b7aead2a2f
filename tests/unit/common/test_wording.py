"""The words for wrong values: none of pydantic's, and never the value."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticKnownError, core_schema

import face_emotion.settings
import gateway.settings
import lyrics_mood.settings
import recommender.settings
from gateway.schemas import Lyrics
from lyrics_mood.schemas import MoodsRequest
from musicalface_common.validation.wording import OTHER, explain, fault
from recommender.web.schemas import RecommendationRequest, TrackQuery

NUMBERS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "actual_length")
COUNTS = ("uuid_version", "max_digits", "decimal_places", "whole_digits", "tz_expected", "tz_actual")
TEXTS = (
    *("error", "pattern", "field_type", "class_name", "attribute", "method_name", "encoding", "encoding_error"),
    *("class", "expected_schemas", "expected_schemes", "discriminator", "tag", "expected_tags"),
)
CONTEXT: Mapping[str, Any] = {
    **dict.fromkeys((*NUMBERS, *COUNTS, "expected_version"), 3),
    **dict.fromkeys(TEXTS, "it"),
    "expected": "'one' or 'two'",
}
REQUESTS = (Lyrics, MoodsRequest, RecommendationRequest, TrackQuery)
SETTINGS = (
    face_emotion.settings.Settings,
    gateway.settings.Settings,
    lyrics_mood.settings.Settings,
    recommender.settings.Settings,
)
SECRET = "zanzibarian"
WRONG: tuple[Any, ...] = (
    *(None, "", SECRET, SECRET * 20_000, "\ud800" + SECRET, b"\xff", "http://" + "x" * 70_000, "ftp://x", "1.5", "0"),
    *(-1, 0, 1.5, 10**400, math.nan, math.inf, True, object()),
    *([], [SECRET], [None], [SECRET] * 1000, ["x" * 100_000], {}, {SECRET: 1}, {1: 2}),
    *({"genre": "", "year_from": 5, "year_to": 99_999}, {"year_from": 2000, "year_to": 1990}),
    *({"angry": -1, "sad": math.inf, "happy": "x"}, dict.fromkeys(("angry", "sad", "happy", "relaxed"), 0)),
)


def rejections(model: type[BaseModel]) -> Iterator[Mapping[str, Any]]:
    """Yield the errors of a model for many wrong values of each field, and for wrong values in place of an object."""
    inputs = [{name: value} for name in (*model.model_fields, "surprise") for value in WRONG]
    for value in (*inputs, *WRONG):
        for mode in ("python", "strings"):
            try:
                validate = model.model_validate if mode == "python" else model.model_validate_strings
                validate(value)
            except ValidationError as error:
                yield from map(dict, error.errors())
            except Exception:
                continue


def says_pydantic(words: str) -> bool:
    return any(phrase in words for phrase in ("Input should", "Value error", "Assertion", "should be", "permitted"))


@pytest.mark.parametrize("model", [*REQUESTS, *SETTINGS], ids=lambda model: model.__module__)
def test_every_error_that_a_schema_of_ours_can_raise_has_words_without_the_value(model: type[BaseModel]) -> None:
    errors = list(rejections(model))
    assert errors
    for error in errors:
        words = fault(error)
        assert words != OTHER, error["type"]
        assert SECRET not in words
        assert not says_pydantic(words), words
        assert "{" not in words


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_every_kind_of_error_has_words_that_are_not_the_library_s(kind: Any) -> None:
    words = fault({"type": kind, "ctx": CONTEXT, "input": SECRET})
    assert words
    assert not says_pydantic(words)
    assert words != PydanticKnownError(kind, dict(CONTEXT)).message()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"type": "missing", "loc": ("body", "texts")}, "texts: is missing"),
        ({"type": "missing", "loc": ("body",)}, "the body is missing"),
        ({"type": "extra_forbidden", "loc": ("body", "scores", "bored")}, "scores.bored: is not known"),
        ({"type": "extra_forbidden", "loc": ("body", "my secret\nlyrics")}, "…: is not known"),
        ({"type": "extra_forbidden", "loc": ("body", "x" * 41)}, "…: is not known"),
        ({"type": "int_parsing", "loc": ("query", "limit")}, "limit: must be a whole number"),
        ({"type": "int_from_float", "loc": ("body", "limit")}, "limit: must be a whole number"),
        ({"type": "greater_than_equal", "loc": ("query", "limit"), "ctx": {"ge": 1}}, "limit: must be at least 1"),
        ({"type": "less_than_equal", "loc": ("query", "limit"), "ctx": {"le": 50}}, "limit: must be at most 50"),
        ({"type": "greater_than", "loc": ("deadline_s",), "ctx": {"gt": 0.0}}, "deadline_s: must be above 0"),
        ({"type": "bool_parsing", "loc": ("query", "explicit")}, "explicit: must be true or false"),
        ({"type": "string_type", "loc": ("body", "texts", 3)}, "texts.3: must be text"),
        (
            {"type": "string_too_long", "loc": ("query", "q"), "ctx": {"max_length": 200}},
            "q: must have at most 200 characters",
        ),
        ({"type": "too_long", "loc": ("body", "texts"), "ctx": {"max_length": 9}}, "texts: must have at most 9 items"),
        ({"type": "model_attributes_type", "loc": ("body",)}, "the body must be an object"),
        (
            {"type": "json_invalid", "loc": ("body", 16), "ctx": {"error": "Expecting value"}},
            "the body is not valid JSON: the first fault is at character 16",
        ),
        (
            {"type": "value_error", "loc": ("query",), "ctx": {"error": ValueError("a must not be after b")}},
            "a must not be after b",
        ),
        (
            {"type": "value_error", "loc": ("body", "filters"), "ctx": {"error": ValueError("that is wrong")}},
            "filters: that is wrong",
        ),
        (
            {
                "type": "enum",
                "loc": ("path", "mood"),
                "ctx": {"expected": "'angry', 'sad' or 'happy'"},
                "input": "hapy",
            },
            "mood: must be angry, sad or happy (did you mean happy?)",
        ),
        (
            {"type": "literal_error", "loc": ("query", "emotions"), "ctx": {"expected": "7 or 8"}, "input": 9},
            "emotions: must be 7 or 8",
        ),
        ({"type": "unheard_of", "loc": ("query", "q")}, f"q: {OTHER}"),
    ],
)
def test_the_words(error: dict[str, Any], words: str) -> None:
    assert explain([error]) == words


def test_only_the_first_of_many_faults_are_said() -> None:
    errors = [{"type": "missing", "loc": ("body", "texts", number)} for number in range(500)]
    assert explain(errors).endswith("texts.4: is missing; and more")
    assert explain(errors[:5]).endswith("texts.4: is missing")


def test_several_faults_are_one_line_and_each_is_said_once() -> None:
    errors = [{"type": "missing", "loc": ("body", name)} for name in ("a", "b", "a")]
    assert explain(errors) == "a: is missing; b: is missing"
