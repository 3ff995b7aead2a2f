"""Lyrics to network input, written once: serving and training both call it. No I/O."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

PADDING = 0
UNKNOWN = 1
FIRST_WORD = 2

_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})
# Letters of any script, with apostrophes inside: "don't" is one word, "lovin'" is "lovin".
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words(text: str) -> list[str]:
    """Split a text into its words, in NFKC and case-folded; digits and punctuation are left out."""
    return _WORD.findall(_normalise(text).casefold())


def has_words(text: str) -> bool:
    """Tell whether a text has any word, without splitting all of it."""
    return _WORD.search(_normalise(text)) is not None


def most_frequent(texts: Iterable[str], size: int) -> list[str]:
    """Return the `size` most frequent words of the texts, the most frequent first, ties in alphabetical order."""
    counts = Counter(word for text in texts for word in words(text))
    return sorted(counts, key=lambda word: (-counts[word], word))[:size]


class Tokenizer:
    """Words to numbers: 0 is padding, 1 a word outside the vocabulary, 2 its first word."""

    def __init__(self, vocabulary: Sequence[str], length: int) -> None:
        self.length = length
        self._numbers = {word: number for number, word in enumerate(vocabulary, FIRST_WORD)}

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """Turn n texts into int32 (n, length): the first `length` words of each.

        Padding comes before the words: an LSTM without a mask then ends on words, not on padding.
        """
        tokens = np.full((len(texts), self.length), PADDING, np.int32)
        for row, text in zip(tokens, texts, strict=True):
            numbers = [self._numbers.get(word, UNKNOWN) for word in words(text)[: self.length]]
            row[self.length - len(numbers) :] = numbers
        return tokens

    def coverage(self, text: str) -> float:
        """Return the share of a text's words that are in the vocabulary, 0 for a text without words."""
        found = words(text)
        return sum(word in self._numbers for word in found) / max(len(found), 1)


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
