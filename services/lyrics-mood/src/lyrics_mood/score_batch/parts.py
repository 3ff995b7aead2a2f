"""Parts: consecutive rows of the input. A part is scored and stored as a whole, and only once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

LYRICS = "lyrics"


@dataclass(frozen=True)
class Part:
    """Consecutive rows of the input. `songs` has a column `lyrics`; `name` is the stem of the output files.

    `key` is a digest of everything that the output depends on: rows, model, code and libraries.
    """

    name: str
    key: str
    songs: pa.Table


class Input(Protocol):
    """Songs that are cut into the same parts each time. It must be picklable, because runners send it to processes."""

    def parts(self) -> Iterator[Part]:
        """Yield the parts in their order. Raises ScoreBatchError."""


def digest(*texts: str) -> str:
    """Return the sha256 of a list of texts. It changes with each text, with their number and with their order."""
    state = hashlib.sha256()
    for text in texts:
        state.update(f"{len(text)}:{text}".encode())
    return state.hexdigest()
