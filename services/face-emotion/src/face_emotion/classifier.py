"""Face crops to emotion scores. ONNX Runtime runs a network that model.json describes."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from face_emotion import MODEL_FOLDER
from face_emotion.crop.preprocessing import Preprocessing
from musicalface_common.model_store import ModelEntry, open_session, read_index


class EmotionClassifier:
    """A network with its preprocessing, its labels and its name (never an alias). Safe to call from any thread."""

    def __init__(self, name: str, entry: ModelEntry, folder: Path) -> None:
        """Open the model that an entry of the folder's model.json describes.

        Raises ModelError if its file is missing or altered.
        """
        self.name = name
        self.labels = tuple(entry.labels)
        self._input = entry.input.name
        self._output = entry.output
        self._preprocess = Preprocessing(**entry.input.preprocessing)
        self._session = open_session(folder, entry)

    def scores(self, crops: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Score uint8 (n, 48, 48) grey crops. Return float32 (n, len(labels)), in which each row sums to 1.

        Raises ValueError for crops of another shape or type.
        """
        network_input = self._preprocess(crops)
        if not len(crops):
            return np.empty((0, len(self.labels)), np.float32)
        [scores] = self._session.run([self._output], {self._input: network_input})
        return np.asarray(scores, np.float32)


def load_classifier(name: str = "default", folder: Path = MODEL_FOLDER) -> EmotionClassifier:
    """Load a model by its name or alias. Raises ModelError for an unknown name, and for a missing or altered file."""
    index = read_index(folder)
    entry = index.resolve(name)
    return EmotionClassifier(index.aliases.get(name, name), entry, folder)
