"""Damaged forms are read, or refused with words: no other error, no hang, and never other bytes than were sent."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from gateway.door.form import boundary_of, split_form
from musicalface_common.errors import InvalidRequest

Result = TypeVar("Result")

PIECES = (
    *(b"\r\n", b"\n", b"\r", b"--", b"--B", b"--B--", b"--BB", b"\r\n--B", b"\r\n--B\r\n", b"\r\n\r\n", b" ", b"\t"),
    *(
        b"Content-Disposition: form-data",
        b'; name="image"',
        b"; name=image",
        b'; filename="f"',
        b"; filename*=utf-8''f",
    ),
    *(
        b"Content-Type: image/jpeg",
        b"; charset=undefined",
        b":",
        b";",
        b"=",
        b'"',
        b"\\",
        b"*",
        b"\0",
        b"\xff",
        b"x" * 99,
    ),
)
HEAD = b'--B\r\nContent-Disposition: form-data; name="image"; filename="f"\r\nContent-Type: image/jpeg\r\n\r\n'
FORMS = (
    HEAD + b"photo\r\n--B--\r\n",
    b"preamble\r\n" + HEAD + b"\xff\xd8\r\n\r\n--B\r\nContent-Disposition: form-data; name=text\r\n\r\nx\r\n--B--",
    (HEAD + b"photo\r\n--B--\r\n").replace(b"\r\n", b"\n"),
)
CONTENT_TYPES = (
    b"multipart/form-data; boundary=B",
    b'Multipart/Form-Data; charset="undefined"; boundary="B"',
    b"multipart/form-data;boundary=B;charset=punycode",
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with up to five pieces put in, taken out or put in place of others."""
    for _ in range(chance.randint(0, 5)):
        at = chance.randint(0, len(data))
        data = data[:at] + chance.choice((b"", *PIECES)) + data[at + chance.choice((0, 0, 1, 4, 20)) :]
    return data


def outcome(function: Callable[..., Result], *arguments: bytes | str) -> Result | None:
    """Return what the function returns, or None for a refusal. Raises AssertionError after 0.4 s."""
    started = time.thread_time()
    try:
        return function(*arguments)
    except InvalidRequest as problem:
        assert problem.detail
        return None
    finally:
        assert time.thread_time() - started < 0.4, "seconds"


@pytest.mark.parametrize(
    ("cases", "seed"), [(5_000, 12), pytest.param(200_000, 13, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]
)
def test_damaged_forms_are_read_or_refused(cases: int, seed: int) -> None:
    chance, read = random.Random(seed), 0
    for _ in range(cases):
        body = mutated(chance.choice(FORMS), chance)
        parts = outcome(split_form, body, b"B")
        read += bool(parts)
        for part in parts or ():
            assert part.content in body
        outcome(boundary_of, mutated(chance.choice(CONTENT_TYPES), chance).decode("latin-1"))
    assert cases * 0.1 < read < cases * 0.9, "the changes are too coarse, or do nothing"
