"""Many texts through the network, a bounded number at a time."""

from collections.abc import Iterator, Sequence

from lyrics_mood.classifier import Classifier, Scores

BATCH_SIZE = 32


def score_batches(classifier: Classifier, texts: Sequence[str]) -> Iterator[dict[str, Scores]]:
    """Yield the scores of up to 32 texts after another: float32 (m, 4) by model's name, in the order of the texts."""
    for start in range(0, len(texts), BATCH_SIZE):
        yield classifier.all_scores(texts[start : start + BATCH_SIZE])
