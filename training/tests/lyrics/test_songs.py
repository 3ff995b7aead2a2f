"""Labelled songs read from disk, and divided into parts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from musicalface_training.errors import DatasetError
from musicalface_training.lyrics.data.songs import MOODYLYRICS, load_songs
from musicalface_training.lyrics.data.splits import Partition, artist_folds, random_split


def write(folder: Path, *rows: tuple[str, str, str, str]) -> None:
    pd.DataFrame(rows, columns=["artist", "title", "mood", "lyrics"]).to_csv(folder / MOODYLYRICS, index=False)


def test_repeated_and_wordless_songs_are_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        ("Beyonc\u00e9", "One", "happy", "sing along"),
        ("BEYONCE", "One!", "happy", "another text of the same song"),
        ("Somebody", "Cover", "happy", "Sing, along!"),
        ("Nobody", "Two", "sad", "?"),
        ("Nobody", "Three", "sad", ""),
        ("NA", "null", "relaxed", "a band and a song of that name"),
    )
    songs = load_songs(tmp_path)
    assert songs.texts == ["sing along", "a band and a song of that name"]
    assert songs.artists == ["beyonce", "na"]
    assert songs.labels.tolist() == [2, 3]


def test_an_error_for_a_missing_file_names_the_folders(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no moodylyrics_genius\.csv in"):
        load_songs(tmp_path)


def test_an_unknown_mood_is_named(tmp_path: Path) -> None:
    write(tmp_path, ("A", "B", "melancholic", "words"))
    with pytest.raises(DatasetError, match="melancholic"):
        load_songs(tmp_path)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "cannot be read"),
        (b"artist,title,mood\na,b,sad\n", "lacks the columns lyrics/text"),
        (b"artist,title,mood,lyrics\n", "no rows"),
        (b'artist,title,mood,lyrics\na,b,sad,"unclosed', "cannot be read"),
        (b"\xff\xfe\x00\xff,,\n", "cannot be read"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    (tmp_path / MOODYLYRICS).write_bytes(content)
    with pytest.raises(DatasetError, match=complaint):
        load_songs(tmp_path)


def assert_parts(split: Partition, count: int) -> None:
    together = np.concatenate([split.train, split.validation, split.test])
    assert sorted(together.tolist()) == list(range(count))


def test_a_fifth_is_for_the_test_and_all_moods_are_in_it(moodylyrics: Path) -> None:
    songs = load_songs(moodylyrics)
    split = random_split(songs, seed=1)
    assert_parts(split, 80)
    assert [len(split.train), len(split.validation), len(split.test)] == [56, 8, 16]
    assert np.bincount(songs.labels[split.test]).tolist() == [4, 4, 4, 4]


def test_a_partition_depends_on_its_seed(moodylyrics: Path) -> None:
    songs = load_songs(moodylyrics)
    once, again, other = (random_split(songs, seed).test.tolist() for seed in (1, 1, 2))
    assert once == again != other


def test_no_artist_is_in_two_parts_of_a_fold(moodylyrics: Path) -> None:
    songs = load_songs(moodylyrics)
    folds = artist_folds(songs, seed=1)
    for fold in folds:
        assert_parts(fold, 80)
        parts = [{songs.artists[row] for row in rows} for rows in (fold.train, fold.validation, fold.test)]
        assert sum(map(len, parts)) == len(set().union(*parts)) == 20
    assert sorted(np.concatenate([fold.test for fold in folds]).tolist()) == list(range(80))
