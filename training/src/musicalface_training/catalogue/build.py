"""Classify songs in bulk and write what is known of them."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from lyrics_mood.classifier import Classifier
from lyrics_mood.score_batch import score_batches
from musicalface_training.catalogue.facts import write_facts
from musicalface_training.catalogue.language import LanguageDetector
from musicalface_training.catalogue.songs import read_songs


def build_catalogue(source: Path, output: Path, classifier: Classifier) -> int:
    """Classify the songs of a CSV file, write the facts file, return the number of songs. Raises DatasetError."""
    songs = read_songs(source)
    lyrics = songs["lyrics"].tolist()
    songs[list(classifier.labels)] = _scores(classifier, lyrics)
    songs["language"] = _languages(lyrics)
    write_facts(songs, output)
    return len(songs)


def _scores(classifier: Classifier, lyrics: list[str]) -> npt.NDArray[np.float32]:
    with tqdm(total=len(lyrics), desc="moods", unit="song") as progress:
        batches = []
        for batch in score_batches(classifier, lyrics):
            batches.append(batch)
            progress.update(len(batch))
    return np.concatenate(batches)


def _languages(lyrics: list[str]) -> list[str]:
    detector = LanguageDetector()
    return [detector.detect(text) for text in tqdm(lyrics, desc="languages", unit="song")]
