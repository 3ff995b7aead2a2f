"""The build of the catalogue: from a CSV file with lyrics to the facts file, by the served model."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lyrics_mood.classifier import load_classifier
from musicalface_common.vocabulary import MOODS
from musicalface_training.catalogue.build import build_catalogue
from musicalface_training.catalogue.charts import Charted, chart_keys
from musicalface_training.catalogue.knowledge import Knowledge
from musicalface_training.catalogue.lastfm import Artist
from musicalface_training.catalogue.people.votes import Told
from musicalface_training.errors import DatasetError
from recommender.catalogue.facts_file import HEADER, FactsFile
from recommender.domain.same_song import song_key
from recommender.domain.track import song_id

WORDS = "and the morning brings us something new while we walk along the river"

KAGGLE = """artist,song,link,text
ABBA,One,/a/one.html,"We walk along the wonderful river today
and the morning brings us something new"
Abba,ONE!,/a/one2.html,the same song in another spelling
Numbers,Two,/n/two.html,1234 !!!
,Three,/x/three.html,a song of nobody
Juanes,Cuatro,/j/four.html,"Mañana vamos a caminar por la ciudad, porque hoy hace mucho frío aquí"
"""
OWN = f"""artist,title,year,genre,spotify_id,lyrics
A,One,1978.0,"['adult standards', 'rock']",0AxfDLUdMf5yFCmcZCtOdS,sing a song with me tonight
B,Two,1999,rock,no id,"sing another song with them, {WORDS}"
C,Three,long ago,[],,sing no song at all
D,Four,,"['broken",,sing what you like
"""


KNOWS_NOTHING = Knowledge()


def facts(path: Path) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode()))
    assert rows.fieldnames == HEADER
    assert FactsFile(path).songs
    return {row["id"]: row for row in rows}


def build(folder: Path, text: str, knowledge: Knowledge = KNOWS_NOTHING) -> dict[str, dict[str, str]]:
    (folder / "songs.csv").write_text(text, "utf-8")
    output = folder / "out" / "catalogue.csv.gz"
    count = build_catalogue(folder / "songs.csv", output, knowledge, "default", folder / "work", 1)
    written = facts(output)
    assert len(written) == count
    return written


def test_a_kaggle_file_becomes_facts_without_lyrics(tmp_path: Path) -> None:
    written = build(tmp_path, KAGGLE)
    assert {(row["artist"], row["title"]) for row in written.values()} == {("ABBA", "One"), ("Juanes", "Cuatro")}
    song = written[song_id("abba", "one")]
    assert sum(float(song[mood]) for mood in MOODS) == pytest.approx(1, abs=5e-4)
    assert all(len(song[mood]) == 6 for mood in MOODS)
    assert (song["year"], song["genres"], song["spotify_id"], song["language"]) == ("", "", "", "en")
    assert written[song_id("Juanes", "Cuatro")]["language"] == "es"
    assert b"wonderful" not in gzip.decompress((tmp_path / "out" / "catalogue.csv.gz").read_bytes())


def test_year_genre_and_spotify_id_are_kept_where_they_make_sense(tmp_path: Path) -> None:
    written = build(tmp_path, OWN).values()
    kept = {row["artist"]: (row["year"], row["genres"], row["spotify_id"]) for row in written}
    assert kept == {
        "A": ("1978", "pop|rock", "0AxfDLUdMf5yFCmcZCtOdS"),
        "B": ("1999", "rock", ""),
        "C": ("", "", ""),
        "D": ("", "", ""),
    }


def test_scores_are_those_of_the_service(tmp_path: Path) -> None:
    song = build(tmp_path, OWN)[song_id("B", "Two")]
    (scores,) = load_classifier().scores([f"sing another song with them, {WORDS}"])
    assert [float(song[mood]) for mood in MOODS] == pytest.approx(scores.tolist(), abs=1e-4)


def test_the_same_songs_give_the_same_bytes_sorted_by_id(tmp_path: Path) -> None:
    output = tmp_path / "out" / "catalogue.csv.gz"
    written = build(tmp_path, OWN)
    assert list(written) == sorted(written)
    once = output.read_bytes()
    lines = OWN.splitlines()
    build(tmp_path, "\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    assert output.read_bytes() == once


@pytest.mark.parametrize("text", ["", "artist,song\nA,One\n", "artist,song,text\n", "artist,song,text\nA,One,123\n"])
def test_nothing_is_overwritten_by_a_file_without_songs(tmp_path: Path, text: str) -> None:
    build(tmp_path, OWN)
    before = (tmp_path / "out" / "catalogue.csv.gz").read_bytes()
    with pytest.raises(DatasetError, match=r"songs\.csv"):
        build(tmp_path, text)
    assert (tmp_path / "out" / "catalogue.csv.gz").read_bytes() == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["catalogue.csv.gz"]


def test_rows_of_one_song_are_merged_and_names_cleaned(tmp_path: Path) -> None:
    text = (
        "artist,title,year,genre,lyrics\n"
        '"Dylan, Bob [1]",One [*],,folk,sing a song with me tonight\n'
        "bob dylan,One (Album Version),1964,,sing a song with me tonight\n"
    )
    (song,) = build(tmp_path, text).values()
    assert (song["artist"], song["title"], song["year"], song["genres"]) == ("Bob Dylan", "One", "1964", "folk")
    assert song["id"] == song_id("Bob Dylan", "One")


def test_other_facts_are_written_beside_the_scores(tmp_path: Path) -> None:
    told = {song_id("C", "Three"): Told("C", "Three", "123", np.array([0.0, 3, 1, 0]))}
    known = Knowledge(told, {"c": Artist({"7", "8"}, Counter({"seen live": 9, "Rock": 2}))})
    written = build(tmp_path, OWN, known)
    song, other = written[song_id("C", "Three")], written[song_id("A", "One")]
    assert (song["tag_mood"], song["listeners"], song["genres"]) == ("sad", "2", "rock")
    assert [song[f"people_{mood}"] for mood in MOODS] == ["0.0000", "0.7500", "0.2500", "0.0000"]
    assert (song["votes"], song["deezer_id"]) == ("4", "123")
    assert (other["tag_mood"], other["listeners"], other["genres"]) == ("", "", "pop|rock")


def test_songs_of_which_only_people_told_come_in_once(tmp_path: Path) -> None:
    calm = np.array([0.0, 0, 0, 2])
    told = {song_id(*names): Told(*names, "7", calm) for names in (("A", "One (feat. B)"), ("New", "Song"))}
    written = build(tmp_path, OWN, Knowledge(told))
    assert len(written) == 5
    new, known = written[song_id("New", "Song")], written[song_id("A", "One")]
    assert (new["happy"], new["people_relaxed"], new["tag_mood"]) == ("", "1.0000", "relaxed")
    assert (known["tag_mood"], known["people_relaxed"]) == ("relaxed", "1.0000")


def test_charts_give_popularity_ids_and_the_year_of_the_first_edition(tmp_path: Path) -> None:
    charts = {key: Charted(3, 20, 1977) for key in chart_keys("A Featuring X", "One")}
    ids = {song_key("B", "Two"): "0AxfDLUdMf5yFCmcZCtOdT"}
    written = build(tmp_path, OWN, Knowledge(charts=charts, spotify_ids=ids))
    song, other = written[song_id("A", "One")], written[song_id("B", "Two")]
    assert (song["chart_peak"], song["chart_weeks"], song["year"]) == ("3", "20", "1977")
    assert (other["chart_peak"], other["year"], other["spotify_id"]) == ("", "1999", "0AxfDLUdMf5yFCmcZCtOdT")


def test_lyrics_in_other_languages_have_no_scores(tmp_path: Path) -> None:
    song = build(tmp_path, KAGGLE)[song_id("Juanes", "Cuatro")]
    assert [song[mood] for mood in MOODS] == [""] * 4


def test_explicit_is_known_for_english_lyrics_only(tmp_path: Path) -> None:
    text = (
        "artist,song,text\n"
        "A,One,they walk along the river and they all talk shit about the weather\n"
        "B,Two,they walk along the river and they all talk about the weather\n"
        'C,Three,"Mañana vamos a caminar por la ciudad, porque hoy hace mucho frío aquí"\n'
    )
    assert {row["artist"]: row["explicit"] for row in build(tmp_path, text).values()} == {"A": "1", "B": "0", "C": ""}
