"""The words that a lyrics network knows."""

from collections import Counter
from collections.abc import Iterable

from lyrics_mood.tokenizer import words


def most_frequent(texts: Iterable[str], size: int) -> list[str]:
    """Return the `size` most frequent words of the texts, the most frequent first, ties in alphabetical order."""
    counts = Counter(word for text in texts for word in words(text))
    return sorted(counts, key=lambda word: (-counts[word], word))[:size]
