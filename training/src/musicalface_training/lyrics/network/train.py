"""The training of the served lyrics network: features, pretraining, cross-validation, and training on all songs."""

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from lyrics_mood.tokenizer import Tokenizer
from musicalface_training.arrays import Floats, Mask, Tokens, fingerprint
from musicalface_training.loop import Run
from musicalface_training.lyrics.data.corpus import Corpus, folds, load_corpus
from musicalface_training.lyrics.data.vocabulary import most_frequent
from musicalface_training.lyrics.embedding.minilm import WIDTH
from musicalface_training.lyrics.embedding.songs import embed_songs
from musicalface_training.lyrics.embedding.words import word_vectors
from musicalface_training.lyrics.evaluation.out_of_fold import OutOfFold
from musicalface_training.lyrics.network.architecture import EMBEDDING, LENGTH, WORDS
from musicalface_training.lyrics.network.cross_validation import judge_folds
from musicalface_training.lyrics.network.student import SEED, fine_tune, pretrain
from musicalface_training.lyrics.teachers.artist_tags import artist_tags
from musicalface_training.lyrics.teachers.lessons import make_lessons
from musicalface_training.lyrics.teachers.regressions import Evidence

HELD_SHARE = 0.05


@dataclass(frozen=True)
class Trained:
    """A network trained on all songs: checkpoint, vocabulary, commit, and out-of-fold scores by question."""

    network: Path
    vocabulary: list[str]
    corpus: Corpus
    judged: dict[str, OutOfFold]
    commit: str


def train_network(data: Path, run_folder: Path, precision: str) -> Trained:
    """Train, or resume; steps whose results are in the run's folder are not repeated. Raises DatasetError.

    The vocabulary and the pretraining use only songs without labels.
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
    # Results for other songs, labels or pretraining have other names, and are ignored.
    known_by = fingerprint(tokens, *corpus.labels.values(), np.fromfile(pretrained, np.uint8))
    judged = judge_folds(corpus, folds(corpus), evidence, pretrained, tokens, run_folder / f"folds-{known_by}")
    network = run_folder / f"network-{known_by}.keras"
    if not network.exists():
        _train_on_all(corpus, evidence, pretrained, tokens).save(network)
    return Trained(network, vocabulary, corpus, judged, Run(pretrained.parent).commit)


def embed_corpus(data: Path, run_folder: Path, precision: str) -> tuple[Corpus, Floats]:
    """Load all songs, and compute the sentence embeddings that are missing. Raises DatasetError."""
    corpus = load_corpus(data)
    return corpus, embed_songs(corpus.songs.texts, run_folder / "embeddings", precision)


def _places(embeddings: Floats) -> Floats:
    """Return the mean embedding of both halves of each song: float32 (n, 384)."""
    return np.asarray(embeddings.reshape(len(embeddings), -1, WIDTH).mean(axis=1), np.float32)


def _held(unjudged: Mask) -> Mask:
    return np.random.default_rng(SEED).random(int(np.sum(unjudged))) < HELD_SHARE


def _train_on_all(corpus: Corpus, evidence: Evidence, pretrained: Path, tokens: Tokens) -> keras.Model:
    nothing = np.zeros(len(corpus.songs), np.bool_)
    return fine_tune(pretrained, tokens, make_lessons(corpus, evidence, nothing).targets)
