"""Put the trained lyrics network where the service reads it, as `default` and `lyrics-words`, with its figures."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import pandas as pd

from lyrics_mood.tokenizer import Tokenizer
from musicalface_common.vocabulary import MOODS
from musicalface_training.export import check_parity, export_onnx, update_index
from musicalface_training.lyrics.data.corpus import folds
from musicalface_training.lyrics.data.songs import TAGGED, WORDED
from musicalface_training.lyrics.entry import INPUT, make_entry, require_lstm, write_vocabulary
from musicalface_training.lyrics.evaluation.judgement import Judgement, compare
from musicalface_training.lyrics.network.architecture import LENGTH
from musicalface_training.lyrics.network.cross_validation import OutOfFold
from musicalface_training.lyrics.network.page import Published, write_network_page
from musicalface_training.lyrics.network.served import OUTPUTS, build_served, calibrated, temperature_of
from musicalface_training.lyrics.network.timing import songs_a_second
from musicalface_training.lyrics.network.train import Trained

NAME = "lyrics-mood"
MODELS = {"tags": NAME, "words": "lyrics-words"}
DATA = {
    "tags": f"{', '.join(TAGGED)}: moods that people gave; all songs beside them labelled by a teacher",
    "words": f"{', '.join(WORDED)} (MoodyLyrics, Çano & Morisio 2017); all songs beside them labelled by a teacher",
}
PROTOCOL = "out_of_fold_by_artist"
PARITY_SONGS = 256
# Of 3,840 English lyrics of all sets 99.7% reach this share, and of 127 in other languages 32%.
TRUSTED_COVERAGE = 0.85
SCORES = "out-of-fold.csv"


def publish_network(trained: Trained, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Export the network with both heads, make it the default, and report it; return the report's path.

    Temperatures are those of the folds' networks. Raises ExportError, and then the model folder stays as it was.
    """
    judged = trained.judged
    temperatures = {question: temperature_of(found.network, found.labels) for question, found in judged.items()}
    exported = run_folder / f"{NAME}.onnx"
    texts = trained.corpus.songs.texts[:PARITY_SONGS]
    parity = _export(trained, temperatures, texts, exported)
    comparison = compare(trained.corpus, folds(trained.corpus), judged)
    _write_scores(judged["tags"], run_folder / SCORES)
    size = _install(trained, exported, model_folder, comparison)
    speed = songs_a_second(model_folder, texts)
    return write_network_page(reports, Published(trained, comparison, temperatures, parity, size, speed))


def _export(trained: Trained, temperatures: Mapping[str, float], texts: list[str], path: Path) -> float:
    served = build_served(keras.saving.load_model(trained.network), temperatures)
    export_onnx(served, path, INPUT)
    require_lstm(path)
    return check_parity(served, path, Tokenizer(trained.vocabulary, LENGTH).encode(texts))


def _install(
    trained: Trained, exported: Path, model_folder: Path, comparison: Mapping[str, Mapping[str, Judgement]]
) -> int:
    """Put the file, its vocabulary and its sections of model.json in place; return the bytes of the first two."""
    model_folder.mkdir(parents=True, exist_ok=True)
    vocabulary, file = model_folder / f"{NAME}.txt", model_folder / exported.name
    shutil.copyfile(exported, file)
    preprocessing = write_vocabulary(vocabulary, trained.vocabulary, LENGTH, TRUSTED_COVERAGE)
    entries = {
        MODELS[question]: make_entry(file, preprocessing, output, trained.commit, _facts(question, comparison))
        for question, output in OUTPUTS.items()
    }
    update_index(model_folder, entries, {"default": NAME})
    return file.stat().st_size + vocabulary.stat().st_size


def _write_scores(judged: OutOfFold, path: Path) -> None:
    """Write what networks said of songs that they did not know, for `ranking measure`."""
    scores = calibrated(judged.network, judged.labels)
    pd.DataFrame(scores, index=pd.Index(judged.ids, name="id"), columns=list(MOODS)).to_csv(path, float_format="%.4f")


def _facts(question: str, comparison: Mapping[str, Mapping[str, Judgement]]) -> dict[str, Any]:
    figures = comparison[question]["network"]
    return {"data": DATA[question], "metrics": {PROTOCOL: figures.rounded()}}
