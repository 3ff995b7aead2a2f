"""New songs from a folder of CSV files."""

from pathlib import Path

import pytest
from support.tracks import bare_track

from musicalface_common.vocabulary import Mood
from recommender.domain.scores import Scores
from recommender.domain.track import Track, song_id
from recommender.refresh.csv_folder import read_folder

ALL = "artist,title,mood,angry,sad,happy,relaxed,year,genre,language,explicit,spotify_id\n"


def only_song(folder: Path) -> Track:
    gathered = read_folder(folder)
    assert gathered.problems == []
    (addition,) = gathered.songs.values()
    assert addition.source == "songs.csv"
    return addition.song


def test_every_fact_is_read(tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_text(
        f"{ALL}Bill Withers,Lovely Day ❤,relaxed,0,0,0.9,0.6,1977,Soul,EN,0,{'a1' * 11}\n", encoding="utf-8"
    )
    assert only_song(tmp_path) == bare_track(
        id=song_id("Bill Withers", "Lovely Day ❤"),
        artist="Bill Withers",
        title="Lovely Day ❤",
        year=1977,
        genres=("Soul",),
        language="en",
        explicit=False,
        spotify_id="a1" * 11,
        tag_mood=Mood.RELAXED,
        scores=Scores(0, 0, 0.6, 0.4),
    )


def test_a_row_with_only_a_mood_gets_that_mood_and_no_scores(tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_text("mood,title,album,artist\nSad,Hurt,American IV,Johnny Cash\n")
    song = only_song(tmp_path)
    assert (song.scores, song.tag_mood, song.mood) == (None, Mood.SAD, Mood.SAD)


def test_a_row_with_only_scores_has_no_tagged_mood(tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_text("artist,title,angry,sad,happy,relaxed\nA,B,1,1,1,0\n")
    assert (only_song(tmp_path).tag_mood, only_song(tmp_path).scores) == (None, Scores(0.3333, 0.3333, 0.3333, 0))


def test_files_are_read_as_spreadsheets_write_them(tmp_path: Path) -> None:
    rows = ["Artist, Title ,MOOD", "", '"Simon, Carly","You\'re ""So"" Vain", Happy', ",,", ""]
    (tmp_path / "songs.csv").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    assert (only_song(tmp_path).artist, only_song(tmp_path).title) == ("Simon, Carly", 'You\'re "So" Vain')


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",Title,sad", "the artist or the title is empty"),
        ("Artist,,sad", "the artist or the title is empty"),
        ("Artist,Title,bored", "mood must be angry, sad, happy or relaxed"),
        ("Artist,Title,", "neither a mood nor the four scores"),
        ("Artist,Title", "it has 2 values, not 3"),
        ("Artist,Title,sad,1,2,3", "it has 6 values, not 3"),
        (f"{'x' * 201},Title,sad", "the artist is longer than 200 characters"),
        ('Artist,"Title"x,sad', "',' expected after '\"'"),
        ("First,Song,sad", "the song is in songs.csv already"),
    ],
)
def test_only_the_bad_row_is_left_out_and_reported(tmp_path: Path, row: str, says: str) -> None:
    (tmp_path / "songs.csv").write_text(f"artist,title,mood\nFirst,Song,sad\n{row}\nLast,Song,sad\n")
    gathered = read_folder(tmp_path)
    assert [song.artist for song, _ in gathered.songs.values()] == ["First", "Last"]
    (problem,) = gathered.problems
    assert problem.startswith("songs.csv:3: ")
    assert says in problem


@pytest.mark.parametrize("scores", ["0,0,0,0", "1.5,0,0,0", "-1,1,1,1", "nan,0,0,1", "much,0,0,0", "1,,,", "1,0,0,inf"])
def test_invalid_scores_are_reported(tmp_path: Path, scores: str) -> None:
    (tmp_path / "songs.csv").write_text(f"artist,title,angry,sad,happy,relaxed\nA,B,{scores}\n")
    gathered = read_folder(tmp_path)
    assert gathered.songs == {}
    assert gathered.problems[0].startswith("songs.csv:2: the scores are not four numbers")


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ("1977x,,,,", "year is not a number"),
        (",,yes,,", "explicit is neither 1 nor 0 nor empty"),
        (",,,short,", "the Spotify id does not consist of 22 letters and digits"),
        (",,,,a language of the elves", "the language is longer"),
    ],
)
def test_invalid_facts_are_reported(tmp_path: Path, facts: str, says: str) -> None:
    (tmp_path / "songs.csv").write_text(f"artist,title,mood,year,genre,explicit,spotify_id,language\nA,B,sad,{facts}\n")
    assert says in read_folder(tmp_path).problems[0]


def test_rows_before_an_open_quote_are_read(tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_text('artist,title,mood\nA,B,sad\nC,"D,sad\nE,F,sad\n')
    gathered = read_folder(tmp_path)
    assert [song.artist for song, _ in gathered.songs.values()] == ["A"]
    assert gathered.problems == ["songs.csv:3: unexpected end of data"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"artist,title,mood\nCaf\xe9,B,sad\n", "it is not UTF-8"),
        (b"artist;title;mood\nA;B;sad\n", "no column artist and no title (commas, not semicolons?)"),
        (b"artist,mood\nA,sad\n", "no column title"),
        (b"artist,title,angry\nA,B,1\n", "neither a column mood nor the four scores"),
        (b"artist,title,mood,mood\nA,B,sad,sad\n", "two columns of one name"),
        (b"PK\x03\x04\x00\xff", "it is not UTF-8"),
    ],
)
def test_only_the_bad_file_is_left_out_and_reported(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "good.CSV").write_text("artist,title,mood\nA,B,sad\n")
    (tmp_path / "notes.txt").write_text("no songs")
    gathered = read_folder(tmp_path)
    assert [addition.source for addition in gathered.songs.values()] == ["good.CSV"]
    bad, empty, folder = gathered.problems
    assert bad.startswith("bad.csv: ")
    assert says in bad
    assert empty == "empty.csv: it has no column artist and no title"
    assert folder == "folder.csv cannot be read: Is a directory"


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    absent = read_folder(tmp_path / "absent")
    assert absent.problems == [f"{tmp_path / 'absent'} cannot be read: No such file or directory"]
    assert not absent.readable
