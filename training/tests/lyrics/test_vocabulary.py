"""The vocabulary of a lyrics network: its words and their order."""

from musicalface_training.lyrics.data.vocabulary import most_frequent


def test_most_frequent_words_come_first_and_ties_alphabetically() -> None:
    assert most_frequent(["b a c", "C b c", "d"], 3) == ["c", "b", "a"]
