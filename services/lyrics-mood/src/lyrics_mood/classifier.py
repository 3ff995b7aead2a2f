"""Texts to mood scores, by a network in ONNX Runtime."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.model_store import ModelError, Session, open_session, read_index, verified_path
from musicalface_common.vocabulary import MOODS

MODEL_FOLDER = Path(__file__).parent / "model"

Scores = npt.NDArray[np.float32]


class Preprocessing(BaseModel):
    """What model.json says of the way from a text to the network's input."""

    model_config = ConfigDict(extra="forbid")

    vocabulary: str = Field(description="File of the model folder with one word a line, the most frequent first")
    vocabulary_sha256: str
    length: int = Field(description="Words of a text that the network reads")
    trusted_coverage: float = Field(description="Share of a text's words that must be known for it to be trusted")


class Classifier:
    """A loaded model. Several threads may share one.

    `outputs` are the outputs of the models that one file holds, by name: one run of the network gives them all.
    `trusted_coverage` is the share of a text's words that must be known for it to be trusted.
    """

    def __init__(
        self,
        name: str,
        session: Session,
        source: str,
        outputs: Mapping[str, str],
        tokenizer: Tokenizer,
        trusted_coverage: float,
    ) -> None:
        self.name = name
        self.trusted_coverage = trusted_coverage
        self.labels: tuple[str, ...] = tuple(mood.value for mood in MOODS)
        self.coverage = tokenizer.coverage
        self._encode = tokenizer.encode
        self._session = session
        self._input = source
        self._outputs = outputs

    def scores(self, texts: Sequence[str]) -> Scores:
        """Score n texts in one call of the network: float32 (n, 4), columns as in `labels`, rows sum to 1."""
        return self.all_scores(texts)[self.name]

    def all_scores(self, texts: Sequence[str]) -> dict[str, Scores]:
        """Score n texts by every model of the file, in one call of the network: float32 (n, 4) by model's name."""
        if not texts:
            return dict.fromkeys(self._outputs, np.empty((0, len(self.labels)), np.float32))
        scores = self._session.run(list(self._outputs.values()), {self._input: self._encode(texts)})
        return dict(zip(self._outputs, scores, strict=True))


def load_classifier(name: str = "default", folder: Path = MODEL_FOLDER) -> Classifier:
    """Load a model by its name or alias. Raises ModelError where a file is missing or not the described one."""
    index = read_index(folder)
    entry = index.resolve(name)
    if entry.labels != list(MOODS):
        raise ModelError(f"model {name!r} gives {', '.join(entry.labels)} instead of {', '.join(MOODS)}")
    preprocessing = Preprocessing.model_validate(entry.input.preprocessing)
    vocabulary = verified_path(folder, preprocessing.vocabulary, preprocessing.vocabulary_sha256)
    tokenizer = Tokenizer(vocabulary.read_text("utf-8").splitlines(), preprocessing.length)
    same = {each: other for each, other in index.models.items() if other.sha256 == entry.sha256}
    outputs = {each: other.output for each, other in same.items() if other.labels == entry.labels}
    session, known_as = open_session(folder, entry), index.aliases.get(name, name)
    return Classifier(known_as, session, entry.input.name, outputs, tokenizer, preprocessing.trusted_coverage)
