"""The language of lyrics, found offline."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Below this an answer is more often wrong than missing one hurts: short, repeated or mixed lyrics.
CONFIDENCE = 0.9


class LanguageDetector:
    """Lui and Baldwin's langid.py (2012) with its own model."""

    def __init__(self) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(self, text: str) -> str:
        """Return the ISO 639-1 code of a text's language, an empty string where that is not certain."""
        language, confidence = self._identifier.classify(text)
        return str(language) if confidence >= CONFIDENCE else ""
