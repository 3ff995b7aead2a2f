"""Moods that people told of: emotion words, places of valence and arousal, and both together."""

from pathlib import Path

import numpy as np
import pytest

from musicalface_training.catalogue.people.places import Placed, PlaceMoods, read_places
from musicalface_training.catalogue.people.votes import PLACE_VOTES, tell
from musicalface_training.catalogue.people.words import Said, count_words, fewest_listeners, read_words
from musicalface_training.errors import DatasetError
from recommender.domain.track import song_id

CORNERS = np.array([[-1.0, 1], [-1, -1], [1, 1], [1, -1]])


@pytest.mark.parametrize(
    ("percents", "listeners"), [([100], 1), ([50], 2), ([33], 3), ([100, 50], 2), ([6], 16), ([22, 28, 5], 40), ([], 1)]
)
def test_the_fewest_listeners_explain_the_percentages(percents: list[int], listeners: int) -> None:
    assert fewest_listeners(percents) == listeners


def test_words_count_for_their_moods() -> None:
    assert count_words("calmness:50").tolist() == [0, 0, 0, 1]
    assert count_words("calmness:100|sadness:50").tolist() == [0, 1, 0, 2]
    assert count_words("romanticism:100").sum() == 1
    assert count_words("").tolist() == [0, 0, 0, 0]


def test_places_near_a_border_have_two_moods() -> None:
    places = np.repeat(CORNERS, 20, axis=0) + np.random.default_rng(0).normal(0, 0.3, (80, 2))
    moods = PlaceMoods(places, np.repeat(np.eye(4), 20, axis=0))
    clear, torn = moods.shares(np.array([[1.0, 1.0], [0.0, 1.0]]))
    assert clear.argmax() == 2
    assert clear.max() > 0.8 > torn.max()
    assert torn[0] + torn[2] > 0.8


def test_a_place_counts_only_where_few_words_are_known() -> None:
    names = [(f"Artist {number}", "Song") for number in range(80)]
    places = np.repeat(CORNERS, 20, axis=0)
    said = [Said(*name, "1", 20 * np.eye(4)[number // 20]) for number, name in enumerate(names[:79])]
    placed = [Placed(*name, "1", place) for name, place in zip(names, places, strict=True)]
    told = tell(said, placed)
    assert told[song_id(*names[0])].total == 20
    alone = told[song_id(*names[79])]
    assert alone.total == pytest.approx(PLACE_VOTES)
    assert alone.mood == "relaxed"


def test_songs_without_a_word_for_a_mood_are_left_out() -> None:
    assert tell([Said("A", "One", "1", np.zeros(4))], []) == {}


def test_tables_are_read_and_broken_ones_refused(tmp_path: Path) -> None:
    words = tmp_path / "listener_emotion_words.csv"
    words.write_text("artist,title,deezer_id,emotion_counts\nA,One,7,calmness:50|anger:50\n")
    (song,) = read_words(tmp_path)
    assert (song.artist, song.deezer_id, song.votes.tolist()) == ("A", "7", [1, 0, 0, 1])
    words.write_text("artist,title,deezer_id,emotion_counts\nA,One,7,hunger:50\n")
    with pytest.raises(DatasetError, match="no known word"):
        read_words(tmp_path)
    (tmp_path / "deezer_valence_arousal.csv").write_text("dzr_sng_id,artist,title,valence,arousal\n5,A,One,.5,-1\n")
    (placed,) = read_places(tmp_path)
    assert (placed.deezer_id, placed.place.tolist()) == ("5", [0.5, -1])
