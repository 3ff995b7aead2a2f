"""The publication of the served lyrics network: export, figures, and installation as `default` and `lyrics-words`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import pandas as pd

from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.vocabulary import MOODS
from musicalface_training.export import export_checked
from musicalface_training.lyrics.data.corpus import folds
from musicalface_training.lyrics.data.songs import TAGGED, WORDED
from musicalface_training.lyrics.entry import INPUT, make_entry, require_lstm, write_vocabulary
from musicalface_training.lyrics.evaluation.judgement import Judgement, compare
from musicalface_training.lyrics.evaluation.out_of_fold import OutOfFold, calibrated, temperature_of
from musicalface_training.lyrics.network.architecture import LENGTH
from musicalface_training.lyrics.network.page import Published, write_report
from musicalface_training.lyrics.network.served import OUTPUTS, build_served
from musicalface_training.lyrics.network.timing import songs_per_second
from musicalface_training.lyrics.network.train import Trained
from musicalface_training.model_folder import install

NAME = "lyrics-mood"
MODELS = {"tags": NAME, "words": "lyrics-words"}
DATA = {
    "tags": f"{', '.join(TAGGED)}: moods that people gave; all songs beside them labelled by a teacher",
    "words": f"{', '.join(WORDED)} (MoodyLyrics, Çano & Morisio 2017); all songs beside them labelled by a teacher",
}
PROTOCOL = "out_of_fold_by_artist"
PARITY_SONGS = 256
# The share of known words that 99.7% of 3,840 English lyrics reach, and 32% of 127 lyrics in other languages.
TRUSTED_COVERAGE = 0.85
SCORES = "out-of-fold.csv"


def publish_network(trained: Trained, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the network with both heads, make it the default, and report it; return the report's path.

    The temperatures are fitted on the out-of-fold scores. Raises ExportError, with the model folder unchanged.
    """
    judged = trained.judged
    temperatures = {question: temperature_of(found.network, found.labels) for question, found in judged.items()}
    file = run_folder / f"{NAME}.onnx"
    texts = trained.corpus.songs.texts[:PARITY_SONGS]
    parity = _export(trained, temperatures, texts, file)
    comparison = compare(trained.corpus, folds(trained.corpus), judged)
    _write_scores(judged["tags"], run_folder / SCORES)
    size = _install(trained, file, model_folder, comparison)
    speed = songs_per_second(model_folder, texts)
    return write_report(reports, Published(trained, comparison, temperatures, parity, size, speed))


def _export(trained: Trained, temperatures: Mapping[str, float], texts: list[str], path: Path) -> float:
    served = build_served(keras.saving.load_model(trained.network), temperatures)
    parity = export_checked(served, path, INPUT, Tokenizer(trained.vocabulary, LENGTH).encode(texts))
    require_lstm(path)
    return parity


def _install(
    trained: Trained, file: Path, model_folder: Path, comparison: Mapping[str, Mapping[str, Judgement]]
) -> int:
    """Install the file, its vocabulary and both sections of model.json; return the size of both files in bytes."""
    vocabulary = file.with_suffix(".txt")
    preprocessing = write_vocabulary(vocabulary, trained.vocabulary, LENGTH, TRUSTED_COVERAGE)
    entries = {
        MODELS[question]: make_entry(file, preprocessing, output, trained.commit, _facts(question, comparison))
        for question, output in OUTPUTS.items()
    }
    install([file, vocabulary], model_folder, entries, {"default": NAME})
    return file.stat().st_size + vocabulary.stat().st_size


def _write_scores(judged: OutOfFold, path: Path) -> None:
    """Write the out-of-fold scores as CSV, for `ranking measure`."""
    scores = calibrated(judged.network, judged.labels)
    pd.DataFrame(scores, index=pd.Index(judged.ids, name="id"), columns=list(MOODS)).to_csv(path, float_format="%.4f")


def _facts(question: str, comparison: Mapping[str, Mapping[str, Judgement]]) -> dict[str, Any]:
    figures = comparison[question]["network"]
    return {"data": DATA[question], "metrics": {PROTOCOL: figures.rounded()}}
