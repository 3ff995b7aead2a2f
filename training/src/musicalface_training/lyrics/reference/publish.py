"""Put the trained reference network where the service reads it."""

import shutil
from pathlib import Path
from typing import Any

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.commit import current_commit
from musicalface_training.export import check_parity, export_onnx, update_index
from musicalface_training.lyrics.entry import INPUT, make_entry, require_lstm, write_vocabulary
from musicalface_training.lyrics.reference.architecture import LENGTH
from musicalface_training.lyrics.reference.train import Outcome

NAME = "reference"
OUTPUT = "scores"
VOCABULARY = "vocabulary.txt"
# 99 of 100 English lyrics reach this share, and of lyrics in other languages 6 of 100.
TRUSTED_COVERAGE = 0.5


def publish(outcome: Outcome, texts: list[str], run_folder: Path, model_folder: Path, facts: dict[str, Any]) -> float:
    """Export the network, check it on real `texts`, and write it, its vocabulary and its section of model.json.

    `facts` are the section's data and metrics. Returns the parity. Raises ExportError, and then writes nothing.
    """
    exported = run_folder / f"{NAME}.onnx"
    export_onnx(outcome.model, exported, INPUT)
    require_lstm(exported)
    parity = check_parity(outcome.model, exported, Tokenizer(outcome.vocabulary, LENGTH).encode(texts))
    model_folder.mkdir(parents=True, exist_ok=True)
    file = model_folder / exported.name
    shutil.copyfile(exported, file)
    preprocessing = write_vocabulary(model_folder / VOCABULARY, outcome.vocabulary, LENGTH, TRUSTED_COVERAGE)
    entry = make_entry(file, preprocessing, OUTPUT, current_commit(), facts)
    update_index(model_folder, {NAME: entry}, {})
    return parity
