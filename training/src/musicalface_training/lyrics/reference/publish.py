"""The publication of the reference lyrics network: export and installation as `reference`."""

from pathlib import Path
from typing import Any

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.commit import current_commit
from musicalface_training.export import export_checked
from musicalface_training.lyrics.entry import INPUT, make_entry, require_lstm, write_vocabulary
from musicalface_training.lyrics.reference.architecture import LENGTH
from musicalface_training.lyrics.reference.train import Outcome
from musicalface_training.model_folder import install

NAME = "reference"
OUTPUT = "scores"
VOCABULARY = "vocabulary.txt"
# The share of known words that 99% of English lyrics reach, and 6% of lyrics in other languages.
TRUSTED_COVERAGE = 0.5


def publish(outcome: Outcome, texts: list[str], run_folder: Path, model_folder: Path, facts: dict[str, Any]) -> float:
    """Export and install the network; return the largest difference between ONNX and Keras on `texts`.

    `facts` holds `data` and `metrics` for model.json. Raises ExportError, with the model folder unchanged.
    """
    file, vocabulary = run_folder / f"{NAME}.onnx", run_folder / VOCABULARY
    parity = export_checked(outcome.model, file, INPUT, Tokenizer(outcome.vocabulary, LENGTH).encode(texts))
    require_lstm(file)
    preprocessing = write_vocabulary(vocabulary, outcome.vocabulary, LENGTH, TRUSTED_COVERAGE)
    install([file, vocabulary], model_folder, {NAME: make_entry(file, preprocessing, OUTPUT, current_commit(), facts)})
    return parity
