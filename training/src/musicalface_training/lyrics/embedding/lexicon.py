"""The valence of single words, as people rated them (VADER: Hutto & Gilbert 2014, MIT)."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from musicalface_training.arrays import Floats
from musicalface_training.errors import DatasetError

PACKAGE = "vaderSentiment"
FILE = "vader_lexicon.txt"
# Ten people rated each word from -4 to 4.
SCALE = 4


def valence(words: Sequence[str]) -> Floats:
    """Return the valence of n words, float32 (n,), -1 to 1, 0 for a word without a rating. Raises DatasetError."""
    known = _lexicon()
    return np.array([known.get(word, 0.0) / SCALE for word in words], np.float32)


def _lexicon() -> dict[str, float]:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise DatasetError(f"{PACKAGE}, which carries the words' valence, is not installed")
    lines = Path(spec.origin).with_name(FILE).read_text("utf-8").splitlines()
    fields = (line.split("\t") for line in lines if line.strip())
    return {field[0]: float(field[1]) for field in fields}
