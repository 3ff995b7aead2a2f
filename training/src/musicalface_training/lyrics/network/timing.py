"""The speed of the served lyrics network."""

from pathlib import Path
from time import perf_counter

import numpy as np

from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.model_store import open_session, read_index

BATCH = 32
TURNS = 50


def songs_per_second(model_folder: Path, texts: list[str]) -> float:
    """Return the songs per second of the default model: one thread, batches of 32, no tokenizing, median of 50."""
    entry = read_index(model_folder).resolve("default")
    preprocessing = entry.input.preprocessing
    vocabulary = (model_folder / preprocessing["vocabulary"]).read_text("utf-8").splitlines()
    tokens = Tokenizer(vocabulary, preprocessing["length"]).encode(texts[:BATCH])
    session = open_session(model_folder, entry)

    def turn() -> float:
        begun = perf_counter()
        session.run(None, {entry.input.name: tokens})
        return perf_counter() - begun

    turn()
    return len(tokens) / float(np.median([turn() for _ in range(TURNS)]))
