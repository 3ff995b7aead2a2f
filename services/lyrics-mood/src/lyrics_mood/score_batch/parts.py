"""Parts: runs of input rows. A part is scored and stored as a whole, and never again once it is finished."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

LYRICS = "lyrics"


@dataclass(frozen=True)
class Part:
    """A run of rows. `songs` has a column `lyrics`; `name` is the stem of its output files.

    `key` is a digest of all that the output depends on: rows, model, code and libraries.
    """

    name: str
    key: str
    songs: pa.Table


class Input(Protocol):
    """Songs that are cut into the same parts each time. Runners pickle it for other processes."""

    def parts(self) -> Iterator[Part]:
        """Yield the parts in their order. Raises ScoreBatchError."""


def digest(*facts: str) -> str:
    """Return a sha256 that differs if any fact or their order differs."""
    state = hashlib.sha256()
    for fact in facts:
        state.update(f"{len(fact)}:{fact}".encode())
    return state.hexdigest()
