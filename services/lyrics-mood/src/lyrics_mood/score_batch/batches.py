"""Many texts through the network, a bounded number at a time."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from lyrics_mood.classifier import Classifier

BATCH_SIZE = 32


def score_batches(classifier: Classifier, texts: Sequence[str]) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the scores of up to 32 texts after another: float32 (m, 4), in the order of the texts."""
    for start in range(0, len(texts), BATCH_SIZE):
        yield classifier.scores(texts[start : start + BATCH_SIZE])
