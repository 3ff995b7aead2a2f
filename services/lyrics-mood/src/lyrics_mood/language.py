"""The language of lyrics, found without a network connection."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Below this confidence (short, repetitive or mixed lyrics) the detected language is wrong too often.
CONFIDENCE = 0.9
# More characters cost time and change little: with all lyrics, 1 song of 2,500 gets another language.
CHARACTERS = 1000


class LanguageDetector:
    """langid.py (Lui and Baldwin 2012) with py3langid's model. Takes 78 MB of memory; several threads may share one."""

    def __init__(self) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(self, text: str) -> str | None:
        """Return the ISO 639-1 code of a text's language, or None if the language is uncertain or has no such code."""
        language, confidence = self._identifier.classify(text[:CHARACTERS])
        return str(language) if confidence >= CONFIDENCE and len(language) == 2 else None
