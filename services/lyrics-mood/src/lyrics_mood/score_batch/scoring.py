"""What lyrics say, for a table of songs at a time."""

import numpy as np
import pyarrow as pa

from lyrics_mood.classifier import load_classifier
from lyrics_mood.explicit import is_explicit
from lyrics_mood.language import LanguageDetector
from lyrics_mood.score_batch.batches import score_batches
from lyrics_mood.score_batch.input_files import LYRICS
from lyrics_mood.tokenizer import has_words


class Scorer:
    """A loaded model and language detector. Raises ModelError where the model cannot be loaded."""

    def __init__(self, model: str) -> None:
        self._classifier = load_classifier(model)
        self._languages = LanguageDetector()

    def score(self, songs: pa.Table) -> pa.Table:
        """Replace the lyrics by four mood scores (float32), language (null: not certain) and explicit.

        Songs whose lyrics have no word are left out.
        """
        songs = songs.filter(pa.array([has_words(text or "") for text in songs[LYRICS].to_pylist()], pa.bool_()))
        texts = songs[LYRICS].to_pylist()
        batches = [self._classifier.all_scores([]), *score_batches(self._classifier, texts)]
        scores = np.concatenate([batch[self._classifier.name] for batch in batches])
        songs = songs.drop_columns(LYRICS)
        for label, column in zip(self._classifier.labels, scores.T, strict=True):
            songs = songs.append_column(label, pa.array(column))
        languages = pa.array([self._languages.detect(text) for text in texts], pa.string())
        explicit = pa.array([is_explicit(text) for text in texts], pa.bool_())
        return songs.append_column("language", languages).append_column("explicit", explicit)
