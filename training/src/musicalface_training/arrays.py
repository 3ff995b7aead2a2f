"""Telling arrays apart by a short name."""

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt


def fingerprint(*arrays: npt.NDArray[Any]) -> str:
    """Return twelve hex digits of the sha256 of arrays' bytes, in their order."""
    known = hashlib.sha256()
    for array in arrays:
        known.update(np.ascontiguousarray(array).tobytes())
    return known.hexdigest()[:12]
