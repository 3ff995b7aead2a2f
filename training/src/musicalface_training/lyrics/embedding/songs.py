"""The sentence embeddings of many songs, kept on disk as they are made."""

import hashlib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from musicalface_training.lyrics.embedding.minilm import SHA256, WIDTH, MiniLM

# A half of a song: about as many words as the network reads pieces.
HALF = 180
PARTS = 2
SHARD = 1024
BATCH = 32

Embeddings = npt.NDArray[np.float32]


def embed_songs(texts: Sequence[str], folder: Path, precision: str) -> Embeddings:
    """Return float32 (n, 768): a song's first 180 words and its next 180, the first again where there are no more.

    What is in `folder` is not made again, as long as the same texts are asked for. Raises DatasetError.
    """
    order = np.argsort([len(text) for text in texts], kind="stable")
    folder.mkdir(parents=True, exist_ok=True)
    network = None
    embedded = np.empty((len(texts), PARTS * WIDTH), np.float32)
    for start in tqdm(range(0, len(texts), SHARD), desc="sentence embeddings", unit="shard"):
        rows = order[start : start + SHARD]
        part = [texts[row] for row in rows.tolist()]
        path = folder / f"{fingerprint(part)}.npy"
        if not path.exists():
            network = network or MiniLM(precision)
            _write(path, _embed(network, part))
        embedded[rows] = np.load(path)
    return embedded


def halves(text: str) -> tuple[str, str]:
    """Return a song's first 180 words and its next 180, the first again where there are no more."""
    found = iter(text.split())
    first, second = (" ".join(islice(found, HALF)) for _ in range(PARTS))
    return first, second or first


def fingerprint(texts: Sequence[str]) -> str:
    """Name what embeddings depend on: the network's weights and the texts."""
    known = hashlib.sha256(SHA256.encode())
    for text in texts:
        known.update(text.encode() + b"\0")
    return known.hexdigest()[:24]


def _embed(network: MiniLM, texts: Sequence[str]) -> Embeddings:
    parts = [half for text in texts for half in halves(text)]
    batches = [network.embed(parts[start : start + BATCH]) for start in range(0, len(parts), BATCH)]
    return np.concatenate(batches).reshape(len(texts), PARTS * WIDTH)


def _write(path: Path, values: Embeddings) -> None:
    written = path.with_suffix(".tmp")
    with written.open("wb") as file:
        np.save(file, values.astype(np.float16))
    written.replace(path)
