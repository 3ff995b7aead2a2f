"""The sentence embeddings of many songs, saved to disk in shards."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from tqdm import tqdm

from musicalface_training.arrays import Floats, save
from musicalface_training.lyrics.embedding.minilm import WIDTH, MiniLM, cache_key

# The words of one half of a song: about as many as MiniLM's 256 word pieces.
HALF = 180
PARTS = 2
SHARD = 1024
BATCH = 32


def embed_songs(texts: Sequence[str], folder: Path, precision: str) -> Floats:
    """Return float32 (n, 768): the embedding of each song's first half, then of its second (see `halves`).

    Reads the shards that are in `folder` for the same texts, and computes the others. Raises DatasetError.
    """
    order = np.argsort([len(text) for text in texts], kind="stable")
    network = None
    embedded = np.empty((len(texts), PARTS * WIDTH), np.float32)
    for start in tqdm(range(0, len(texts), SHARD), desc="sentence embeddings", unit="shard"):
        rows = order[start : start + SHARD]
        part = [texts[row] for row in rows.tolist()]
        path = folder / f"{cache_key(part)}.npy"
        if not path.exists():
            network = network or MiniLM(precision)
            save(path, _embed(network, part).astype(np.float16))
        embedded[rows] = np.load(path)
    return embedded


def halves(text: str) -> tuple[str, str]:
    """Return the first 180 words of a song and the next 180; the first 180 twice if there are no more."""
    found = iter(text.split())
    first, second = (" ".join(islice(found, HALF)) for _ in range(PARTS))
    return first, second or first


def _embed(network: MiniLM, texts: Sequence[str]) -> Floats:
    parts = [half for text in texts for half in halves(text)]
    batches = [network.embed(parts[start : start + BATCH]) for start in range(0, len(parts), BATCH)]
    return np.concatenate(batches).reshape(len(texts), PARTS * WIDTH)
