"""Array types that many modules share; the fingerprint of arrays, and their files."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Tokens = npt.NDArray[np.int32]
Labels = npt.NDArray[np.int64]
"""Indices of classes; -1 where a row has none."""
Rows = npt.NDArray[np.int64]
"""Row numbers."""
Mask = npt.NDArray[np.bool_]


def fingerprint(*arrays: npt.NDArray[Any]) -> str:
    """Return the first twelve hex digits of the sha256 of the arrays' bytes, in the given order."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:12]


def save(path: Path, values: npt.NDArray[Any]) -> None:
    """Write an array to a .npy file, which appears only once it is complete; creates the folder if missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(".tmp")
    with written.open("wb") as file:
        np.save(file, values)
    written.replace(path)
