"""The language of lyrics, found without a network connection."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Below 0.9 a language is wrong too often to be worth naming: short, repeated or mixed lyrics.
CONFIDENCE = 0.9
# Reading more costs time and changes little: 1 song of 2,500 gets another language when all of its lyrics are read.
CHARACTERS = 1000


class LanguageDetector:
    """langid.py (Lui and Baldwin 2012) with the model of py3langid, 78 MB. Several threads may share one."""

    def __init__(self) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(self, text: str) -> str | None:
        """Return the ISO 639-1 code of the language of a text, None if it is uncertain or has no such code."""
        language, confidence = self._identifier.classify(text[:CHARACTERS])
        return str(language) if confidence >= CONFIDENCE and len(language) == 2 else None
