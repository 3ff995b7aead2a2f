"""The initial vectors of the lyrics network's words: their valence and their sentence embeddings."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from tqdm import tqdm

from musicalface_training.arrays import Floats, save
from musicalface_training.lyrics.embedding.lexicon import valence
from musicalface_training.lyrics.embedding.minilm import MiniLM, cache_key

BATCH = 256
# The standard deviation of the first columns; an embedding layer starts with weights of about this size.
SPREAD = 0.05


def word_vectors(words: Sequence[str], width: int, path: Path, precision: str) -> Floats:
    """Return float32 (n, width): the valence of each word, then the principal components of the words' embeddings.

    Saves the embeddings next to `path`, in a file named after their words, and reads that file if it exists.
    """
    saved = path.with_stem(f"{path.stem}-{cache_key(words)}")
    if not saved.exists():
        save(saved, _embedded(words, precision))
    placed = PCA(width - 1, random_state=0).fit_transform(np.load(saved))
    placed *= SPREAD / np.std(placed[:, 0])
    felt = valence(words)[:, None]
    return np.hstack([felt * SPREAD / np.std(felt), placed]).astype(np.float32)


def _embedded(words: Sequence[str], precision: str) -> Floats:
    network = MiniLM(precision)
    batches = tqdm(range(0, len(words), BATCH), desc="word embeddings", unit="batch")
    return np.concatenate([network.embed(words[start : start + BATCH]) for start in batches])
