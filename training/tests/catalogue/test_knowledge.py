"""Facts from other sources than lyrics: names, genres, and listeners."""

from pathlib import Path

import pytest

from musicalface_training.catalogue.cleaning import clean_artist, clean_title
from musicalface_training.catalogue.genres import song_genres
from musicalface_training.catalogue.knowledge import load_knowledge
from musicalface_training.catalogue.lastfm import find_artist, load_artists
from musicalface_training.catalogue.people.places import read_places
from musicalface_training.errors import DatasetError

DEEZER = """dzr_sng_id,artist,title,valence,arousal
1,A,Up,1.2,0.8
2,A,Calm,1.2,-0.8
3,A,Down,-1.2,-0.8
4,A,Rage,-1.2,0.8
5,A,Between,0.1,0.8
"""
LASTFM = {
    "artists.dat": 'id\tname\turl\tpictureURL\n1\tBeyoncé\t-\t-\n2\tBeyonce\t-\t-\n3\tThe "Q"\t-\t-\n',
    "user_artists.dat": "userID\tartistID\tweight\n10\t1\t500\n11\t1\t3\n11\t2\t4\n12\t2\t5\n12\t3\t6\n",
    "tags.dat": "tagID\ttagValue\n1\tseen live\n2\tr&b\n3\tcafé\n",
    "user_taggedartists.dat": "userID\tartistID\ttagID\tday\tmonth\tyear\n10\t1\t2\t1\t1\t2009\n11\t2\t2\t1\t1\t2009\n"
    "11\t2\t3\t1\t1\t2009\n12\t99\t1\t1\t1\t2009\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "lyrics").mkdir()
    (tmp_path / "lyrics" / "deezer_valence_arousal.csv").write_text(DEEZER, "utf-8")
    (tmp_path / "lastfm2k").mkdir()
    for name, text in LASTFM.items():
        (tmp_path / "lastfm2k" / name).write_text(text, "latin-1" if name == "tags.dat" else "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Run [*]", "Run"),
        ("Interzone [Live][#]", "Interzone [Live]"),
        ("Maybe September [Alternate, Take #5][Take]", "Maybe September [Alternate, Take #5]"),
        ("Love (Album Version)", "Love"),
        ("Love (The Plan Album Version)", "Love"),
        ("Love ( LP Version )", "Love"),
        ("Love (2009 Digital Remaster)", "Love"),
        ("Don't Fall - remastered version", "Don't Fall"),
        ("She Belongs to Me - [*]", "She Belongs to Me"),
        ("Hello lyrics", "Hello"),
        ("Lyrics", "Lyrics"),
        ("Version", "Version"),
        ("[*]", "[*]"),
        ("\u200bi (Album Version)", "i"),
        ("Dance_ Dance", "Dance, Dance"),
        ("cancer_for_the_cure", "cancer for the cure"),
        ("AT_RO_PHY", "AT_RO_PHY"),
        ("Song 2 (Live)", "Song 2 (Live)"),
        ("You (Felix Jaehn Remix)", "You (Felix Jaehn Remix)"),
        ("We  Like\u00a0It", "We Like It"),
        ("", ""),
    ],
)
def test_titles_lose_the_notes_of_their_sources(title: str, cleaned: str) -> None:
    assert clean_title(title) == cleaned


@pytest.mark.parametrize(
    ("artist", "cleaned"),
    [
        ("Low [1]", "Low"),
        ("Nirvana [US]", "Nirvana"),
        ("Dylan, Bob", "Bob Dylan"),
        ("Dylan, Bob [1]", "Bob Dylan"),
        ("Johnson, Tommy [1]", "Tommy Johnson"),
        ("Rea_ Chris", "Rea, Chris"),
        ("Cult, The", "The Cult"),
        ("Earth, Wind & Fire", "Earth, Wind & Fire"),
        ("Tyler, The Creator", "Tyler, The Creator"),
        ("\u200b\u200bblink-182", "blink-182"),
        ("JK\u221547", "JK/47"),
        ("throwing_muses", "throwing muses"),
        ("[1]", "[1]"),
    ],
)
def test_artists_are_named_as_people_name_them(artist: str, cleaned: str) -> None:
    assert clean_artist(artist, {"bob dylan"}) == cleaned


@pytest.mark.parametrize(
    ("own", "language", "tags", "genres"),
    [
        ("['dance pop', 'r&b', 'pop']", "en", {}, ("pop", "dance", "r&b")),
        ("Rock", "en", {"seen live": 9, "classic rock": 8, "blues": 4}, ("rock", "blues")),
        ("", "en", {"Hip-Hop": 2, "rap": 1, "soul": 2, "rare": 1}, ("hip hop", "soul")),
        ("latin", "en", {"pop": 3}, ("pop",)),
        ("latin", "es", {}, ("latin",)),
        ("['broken", "", {}, ()),
        ("", "", {"sad": 3}, ()),
    ],
)
def test_songs_have_up_to_three_genres(own: str, language: str, tags: dict[str, int], genres: tuple[str, ...]) -> None:
    assert song_genres([own], [language], [tags]) == [genres]


def test_listeners_are_counted_once_an_artist_whatever_its_spelling(data: Path) -> None:
    artists = load_artists(data)
    beyonce = find_artist(artists, "BEYONCÉ")
    assert beyonce
    assert beyonce.listeners == {"10", "11", "12"}
    assert beyonce.tags == {"r&b": 2, "café": 1}
    assert find_artist(artists, "Beyoncé feat. Jay-Z") is beyonce
    assert find_artist(artists, "Feat") is find_artist(artists, "Nobody") is None
    assert "the q" in artists


def test_a_missing_source_is_reported_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    knowledge = load_knowledge(tmp_path)
    assert not knowledge.told
    assert not knowledge.artists
    said = capsys.readouterr().err
    assert "deezer_valence_arousal.csv" in said
    assert "artists.dat" in said


def test_broken_tables_are_refused(data: Path) -> None:
    (data / "lastfm2k" / "tags.dat").write_text("nothing\nof the kind\n")
    with pytest.raises(DatasetError, match=r"tags\.dat"):
        load_artists(data)
    (data / "lyrics" / "deezer_valence_arousal.csv").write_text(DEEZER.replace("1.2", "much"))
    with pytest.raises(DatasetError, match="no number"):
        read_places(data)
