"""What the lyrics network knows of words before it has read a song."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.decomposition import PCA
from tqdm import tqdm

from musicalface_training.lyrics.embedding.lexicon import valence
from musicalface_training.lyrics.embedding.minilm import MiniLM
from musicalface_training.lyrics.embedding.songs import fingerprint

BATCH = 256
# As large as the numbers that an embedding layer begins with.
SPREAD = 0.05

Vectors = npt.NDArray[np.float32]


def word_vectors(words: Sequence[str], width: int, path: Path, precision: str) -> Vectors:
    """Return float32 (n, width): the valence of each word, and what distinguishes its sentence embedding most.

    Embeddings are kept beside `path`, named after their words, too: those of the same words are not made again.
    """
    kept = path.with_stem(f"{path.stem}-{fingerprint(words)}")
    if not kept.exists():
        _save(kept, _embedded(words, precision))
    placed = PCA(width - 1, random_state=0).fit_transform(np.load(kept))
    placed *= SPREAD / np.std(placed[:, 0])
    felt = valence(words)[:, None]
    return np.hstack([felt * SPREAD / np.std(felt), placed]).astype(np.float32)


def _embedded(words: Sequence[str], precision: str) -> Vectors:
    network = MiniLM(precision)
    batches = tqdm(range(0, len(words), BATCH), desc="word embeddings", unit="batch")
    return np.concatenate([network.embed(words[start : start + BATCH]) for start in batches])


def _save(path: Path, values: Vectors) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(".tmp")
    with written.open("wb") as file:
        np.save(file, values)
    written.replace(path)
