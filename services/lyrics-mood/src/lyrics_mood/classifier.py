"""Texts to mood scores. ONNX Runtime runs a network that model.json describes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.model_store import ModelError, Session, open_session, read_index, verified_path
from musicalface_common.vocabulary import MOODS

MODEL_FOLDER = Path(__file__).parent / "model"
BATCH_SIZE = 32  # texts in one run of the network; bounds its memory

Scores = npt.NDArray[np.float32]


class Preprocessing(BaseModel):
    """The `preprocessing` section of a model in model.json: how a text becomes the network's input."""

    model_config = ConfigDict(extra="forbid")

    vocabulary: str = Field(description="File of the model folder with one word per line, the most frequent first")
    vocabulary_sha256: str
    length: int = Field(description="Number of words of a text that the network reads")
    trusted_coverage: float = Field(description="Least share of known words, 0 to 1, for a text to be trusted")


class Classifier:
    """A loaded model. Several threads may share one.

    An ONNX file can hold several models, and one run computes the scores of all. `outputs` maps the name of each to the
    name of its output. `trusted_coverage` is the least share of known words, 0 to 1, for a text to be trusted.
    """

    def __init__(
        self,
        name: str,
        session: Session,
        input_name: str,
        outputs: Mapping[str, str],
        tokenizer: Tokenizer,
        trusted_coverage: float,
    ) -> None:
        self.name = name
        self.labels: tuple[str, ...] = tuple(MOODS)
        self.trusted_coverage = trusted_coverage
        self.coverage = tokenizer.coverage
        self._encode = tokenizer.encode
        self._session = session
        self._input_name = input_name
        self._outputs = outputs

    def scores(self, texts: Sequence[str]) -> Scores:
        """Score n texts with this model. Return float32 (n, 4): columns as in `labels`, rows that sum to 1."""
        return self.all_scores(texts)[self.name]

    def all_scores(self, texts: Sequence[str]) -> dict[str, Scores]:
        """Score n texts with every model of the ONNX file. Return float32 (n, 4) for each model's name."""
        batches = [self._run(texts[start : start + BATCH_SIZE]) for start in range(0, len(texts), BATCH_SIZE)]
        none = np.empty((0, len(MOODS)), np.float32)
        return {name: np.concatenate([none, *(batch[name] for batch in batches)]) for name in self._outputs}

    def _run(self, texts: Sequence[str]) -> dict[str, Scores]:
        scores = self._session.run(list(self._outputs.values()), {self._input_name: self._encode(texts)})
        return dict(zip(self._outputs, scores, strict=True))


def load_classifier(name: str = "default", folder: Path = MODEL_FOLDER) -> Classifier:
    """Load a model by its name or alias.

    Raises ModelError for an unknown name, for other labels than MOODS, and for a missing or altered file.
    """
    index = read_index(folder)
    entry = index.resolve(name)
    if entry.labels != list(MOODS):
        raise ModelError(f"model {name!r} gives {', '.join(entry.labels)} instead of {', '.join(MOODS)}")
    preprocessing = Preprocessing.model_validate(entry.input.preprocessing)
    vocabulary = verified_path(folder, preprocessing.vocabulary, preprocessing.vocabulary_sha256)
    tokenizer = Tokenizer(vocabulary.read_text("utf-8").splitlines(), preprocessing.length)
    same_file = {each: other for each, other in index.models.items() if other.sha256 == entry.sha256}
    outputs = {each: other.output for each, other in same_file.items() if other.labels == entry.labels}
    session, own_name = open_session(folder, entry), index.aliases.get(name, name)
    return Classifier(own_name, session, entry.input.name, outputs, tokenizer, preprocessing.trusted_coverage)
