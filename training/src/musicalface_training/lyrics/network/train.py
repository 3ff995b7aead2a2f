"""The whole way of the served lyrics network: what teaches it, its pretraining, its folds, its last training."""

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.arrays import fingerprint
from musicalface_training.loop import Run
from musicalface_training.lyrics.data.corpus import Corpus, Mask, folds, load_corpus
from musicalface_training.lyrics.data.vocabulary import most_frequent
from musicalface_training.lyrics.embedding.minilm import WIDTH
from musicalface_training.lyrics.embedding.songs import Embeddings, embed_songs
from musicalface_training.lyrics.embedding.words import word_vectors
from musicalface_training.lyrics.network.architecture import EMBEDDING, LENGTH, WORDS
from musicalface_training.lyrics.network.cross_validation import OutOfFold, judge_folds
from musicalface_training.lyrics.network.student import SEED, fine_tune, pretrain
from musicalface_training.lyrics.teachers.artist_tags import artist_tags
from musicalface_training.lyrics.teachers.lessons import make_lessons
from musicalface_training.lyrics.teachers.regressions import Evidence

HELD_SHARE = 0.05


@dataclass(frozen=True)
class Trained:
    """The network of all songs, its vocabulary, what its like said of songs that they did not know, its commit."""

    network: Path
    vocabulary: list[str]
    corpus: Corpus
    judged: dict[str, OutOfFold]
    commit: str


def train_network(data: Path, run_folder: Path, precision: str) -> Trained:
    """Train, or go on; what is in the run's folder is not made again. Raises DatasetError.

    No judged song is in what the vocabulary is counted on or in what the network is pretrained on.
    """
    corpus, embeddings = embed_corpus(data, run_folder, precision)
    unjudged = ~np.any([corpus.labelled(question) for question in corpus.labels], axis=0)
    vocabulary = most_frequent(corpus.songs.take(np.flatnonzero(unjudged)).texts, WORDS)
    tokens = Tokenizer(vocabulary, LENGTH).encode(corpus.songs.texts)
    known = word_vectors(vocabulary, EMBEDDING, run_folder / "words.npy", precision)
    pretrained = pretrain(
        tokens[unjudged], _places(embeddings[unjudged]), known, _held(unjudged), run_folder / "pretraining"
    )
    evidence = Evidence(corpus.songs.texts, embeddings, artist_tags(data, corpus.songs.artists))
    # What was made of other songs, labels or pretraining is left aside.
    known_by = fingerprint(tokens, *corpus.labels.values(), np.fromfile(pretrained, np.uint8))
    judged = judge_folds(corpus, folds(corpus), evidence, pretrained, tokens, run_folder / f"folds-{known_by}")
    network = run_folder / f"network-{known_by}.keras"
    if not network.exists():
        _train_on_all(corpus, evidence, pretrained, tokens).save(network)
    return Trained(network, vocabulary, corpus, judged, Run(pretrained.parent).commit)


def embed_corpus(data: Path, run_folder: Path, precision: str) -> tuple[Corpus, Embeddings]:
    """Load all songs and make their sentence embeddings where they are missing. Raises DatasetError."""
    corpus = load_corpus(data)
    return corpus, embed_songs(corpus.songs.texts, run_folder / "embeddings", precision)


def _places(embeddings: Embeddings) -> npt.NDArray[np.float32]:
    """Return where songs lie by both their halves: float32 (n, 384)."""
    return np.asarray(embeddings.reshape(len(embeddings), -1, WIDTH).mean(axis=1), np.float32)


def _held(unjudged: Mask) -> Mask:
    return np.random.default_rng(SEED).random(int(np.sum(unjudged))) < HELD_SHARE


def _train_on_all(corpus: Corpus, evidence: Evidence, pretrained: Path, tokens: npt.NDArray[np.int32]) -> keras.Model:
    nothing = np.zeros(len(corpus.songs), np.bool_)
    return fine_tune(pretrained, tokens, make_lessons(corpus, evidence, nothing).targets)
