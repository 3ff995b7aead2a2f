"""The language of lyrics, found offline."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Below this an answer is more often wrong than missing one hurts: short, repeated or mixed lyrics.
CONFIDENCE = 0.9
# Reading on changes little and costs time: one song of 2,500 is told differently by all of its lyrics.
CHARACTERS = 1000


class LanguageDetector:
    """Lui and Baldwin's langid.py (2012) with py3langid's own model, 78 MB. Several threads may share one."""

    def __init__(self) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(self, text: str) -> str | None:
        """Return the ISO 639-1 code of a text's language, None where that is not certain or there is no such code."""
        language, confidence = self._identifier.classify(text[:CHARACTERS])
        return str(language) if confidence >= CONFIDENCE and len(language) == 2 else None
