"""Scores a table of songs: mood scores, language and explicit flag replace the lyrics."""

from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa

import lyrics_mood
from lyrics_mood.classifier import MODEL_FOLDER
from lyrics_mood.reader import Reader
from lyrics_mood.score_batch.parts import LYRICS, digest
from lyrics_mood.tokenizer import has_words
from musicalface_common.model_store import read_index
from musicalface_common.vocabulary import MOODS

LIBRARIES = ("numpy", "onnxruntime", "py3langid")


def score_songs(reader: Reader, songs: pa.Table) -> pa.Table:
    """Replace the lyrics by four mood scores (float32, 0 to 1), `language` (null if uncertain) and `explicit`.

    Songs whose lyrics have no words are left out.
    """
    songs = songs.filter(pa.array([has_words(text or "") for text in songs[LYRICS].to_pylist()], pa.bool_()))
    readings = reader.read(songs[LYRICS].to_pylist())
    scores = np.array([reading.scores for reading in readings], np.float32).reshape(-1, len(MOODS))
    songs = songs.drop_columns(LYRICS)
    for mood, column in zip(MOODS, scores.T, strict=True):
        songs = songs.append_column(mood.value, pa.array(column))
    languages = pa.array([reading.language for reading in readings], pa.string())
    explicit = pa.array([reading.explicit for reading in readings], pa.bool_())
    return songs.append_column("language", languages).append_column("explicit", explicit)


def scoring_version(model: str) -> str:
    """Return a digest of the model, the code and the libraries that scores depend on. Raises ModelError."""
    entry = read_index(MODEL_FOLDER).resolve(model)
    package = Path(lyrics_mood.__file__).parent
    code = [path.read_text("utf-8") for path in sorted(package.rglob("*.py"))]
    return digest(entry.model_dump_json(), *code, *(version(library) for library in LIBRARIES))
