"""Lyrics to network input. Serving and training call the same code. No I/O."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PADDING = 0
UNKNOWN = 1
FIRST_WORD = 2

_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})
# Letters of any script, with apostrophes inside: "don't" is one word, "lovin'" is "lovin".
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words(text: str) -> list[str]:
    """Return the words of a text, case-folded and in Unicode form NFKC, without digits and punctuation."""
    return _WORD.findall(_normalise(text).casefold())


def has_words(text: str) -> bool:
    """Return whether a text has a word. Faster than `words`, since the search stops at the first one."""
    return _WORD.search(_normalise(text)) is not None


class Tokenizer:
    """Maps words to numbers: 0 is padding, 1 an unknown word, 2 the first word of the vocabulary."""

    def __init__(self, vocabulary: Sequence[str], length: int) -> None:
        self.length = length
        self._numbers = {word: number for number, word in enumerate(vocabulary, FIRST_WORD)}

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """Return the numbers of the first `length` words of n texts: int32 (n, length).

        Padding comes before the words, because an LSTM without a mask should read the words last.
        """
        tokens = np.full((len(texts), self.length), PADDING, np.int32)
        for row, text in zip(tokens, texts, strict=True):
            numbers = [self._numbers.get(word, UNKNOWN) for word in words(text)[: self.length]]
            row[self.length - len(numbers) :] = numbers
        return tokens

    def coverage(self, text: str) -> float:
        """Return the share of a text's words that are in the vocabulary, 0 to 1; 0 for a text without words."""
        found = words(text)
        return sum(word in self._numbers for word in found) / max(len(found), 1)


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
