"""Texts to mood scores, by a network in ONNX Runtime."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.model_store import ModelError, Session, open_session, read_index, verified_path
from musicalface_common.vocabulary import MOODS

MODEL_FOLDER = Path(__file__).parent / "model"


class Preprocessing(BaseModel):
    """What model.json says of the way from a text to the network's input."""

    model_config = ConfigDict(extra="forbid")

    vocabulary: str = Field(description="File of the model folder with one word a line, the most frequent first")
    vocabulary_sha256: str
    length: int = Field(description="Words of a text that the network reads")


class Classifier:
    """A loaded model. Several threads may share one."""

    def __init__(self, name: str, session: Session, tokenizer: Tokenizer, source: str) -> None:
        self.name = name
        self.labels: tuple[str, ...] = tuple(mood.value for mood in MOODS)
        self.coverage = tokenizer.coverage
        self._encode = tokenizer.encode
        self._session = session
        self._input = source

    def scores(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Score n texts in one call of the network: float32 (n, 4), columns as in `labels`, rows sum to 1."""
        if not texts:
            return np.empty((0, len(self.labels)), np.float32)
        (scores,) = self._session.run(None, {self._input: self._encode(texts)})
        return np.asarray(scores, np.float32)


def load_classifier(name: str = "default", folder: Path = MODEL_FOLDER) -> Classifier:
    """Load a model by its name or alias. Raises ModelError where a file is missing or not the described one."""
    index = read_index(folder)
    entry = index.resolve(name)
    if entry.labels != list(MOODS):
        raise ModelError(f"model {name!r} gives {', '.join(entry.labels)} instead of {', '.join(MOODS)}")
    preprocessing = Preprocessing.model_validate(entry.input.preprocessing)
    vocabulary = verified_path(folder, preprocessing.vocabulary, preprocessing.vocabulary_sha256)
    tokenizer = Tokenizer(vocabulary.read_text("utf-8").splitlines(), preprocessing.length)
    return Classifier(index.aliases.get(name, name), open_session(folder, entry), tokenizer, entry.input.name)
