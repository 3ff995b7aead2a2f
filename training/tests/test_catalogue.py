"""From a CSV of lyrics to a file of facts, by the model that is served."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from lyrics_mood.classifier import Classifier, load_classifier
from musicalface_training.catalogue.build import build_catalogue
from musicalface_training.catalogue.language import LanguageDetector
from musicalface_training.errors import DatasetError
from musicalface_training.names import song_id

HEADER = ["id", "artist", "title", "year", "genre", "language", "spotify_id", "angry", "sad", "happy", "relaxed"]
KAGGLE = """artist,song,link,text
ABBA,One,/a/one.html,"We walk along the wonderful river today
and the morning brings us something new"
Abba,ONE!,/a/one2.html,the same song in another spelling
Numbers,Two,/n/two.html,1234 !!!
,Three,/x/three.html,a song of nobody
Juanes,Cuatro,/j/four.html,"Mañana vamos a caminar por la ciudad, porque hoy hace mucho frío aquí"
"""
OWN = """artist,title,year,genre,spotify_id,lyrics
A,One,1978.0,"['adult standards', 'rock']",0AxfDLUdMf5yFCmcZCtOdS,sing a song with me tonight
B,Two,1999,rock,no id,sing another song with them
C,Three,long ago,[],,sing no song at all
D,Four,,"['broken",,sing what you like
"""


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


def facts(path: Path) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode()))
    assert rows.fieldnames == HEADER
    return {row["id"]: row for row in rows}


def build(folder: Path, text: str, classifier: Classifier) -> dict[str, dict[str, str]]:
    (folder / "songs.csv").write_text(text, "utf-8")
    count = build_catalogue(folder / "songs.csv", folder / "out" / "catalogue.csv.gz", classifier)
    written = facts(folder / "out" / "catalogue.csv.gz")
    assert len(written) == count
    return written


def test_a_kaggle_file_becomes_facts_without_lyrics(tmp_path: Path, classifier: Classifier) -> None:
    written = build(tmp_path, KAGGLE, classifier)
    assert {(row["artist"], row["title"]) for row in written.values()} == {("ABBA", "One"), ("Juanes", "Cuatro")}
    song = written[song_id("abba", "one")]
    assert sum(float(song[mood]) for mood in classifier.labels) == pytest.approx(1, abs=5e-4)
    assert all(len(song[mood]) == 6 for mood in classifier.labels)
    assert (song["year"], song["genre"], song["spotify_id"], song["language"]) == ("", "", "", "en")
    assert written[song_id("Juanes", "Cuatro")]["language"] == "es"
    assert b"wonderful" not in gzip.decompress((tmp_path / "out" / "catalogue.csv.gz").read_bytes())


def test_year_genre_and_spotify_id_are_kept_where_they_make_sense(tmp_path: Path, classifier: Classifier) -> None:
    written = build(tmp_path, OWN, classifier).values()
    kept = {row["artist"]: (row["year"], row["genre"], row["spotify_id"]) for row in written}
    assert kept == {
        "A": ("1978", "rock", "0AxfDLUdMf5yFCmcZCtOdS"),
        "B": ("1999", "rock", ""),
        "C": ("", "", ""),
        "D": ("", "", ""),
    }


def test_scores_are_those_of_the_service(tmp_path: Path, classifier: Classifier) -> None:
    song = build(tmp_path, OWN, classifier)[song_id("B", "Two")]
    (scores,) = classifier.scores(["sing another song with them"])
    assert [float(song[mood]) for mood in classifier.labels] == pytest.approx(scores.tolist(), abs=1e-4)


def test_the_same_songs_give_the_same_bytes_sorted_by_id(tmp_path: Path, classifier: Classifier) -> None:
    output = tmp_path / "out" / "catalogue.csv.gz"
    written = build(tmp_path, OWN, classifier)
    assert list(written) == sorted(written)
    once = output.read_bytes()
    lines = OWN.splitlines()
    build(tmp_path, "\n".join([lines[0], *reversed(lines[1:])]) + "\n", classifier)
    assert output.read_bytes() == once


@pytest.mark.parametrize("text", ["", "artist,song\nA,One\n", "artist,song,text\n", "artist,song,text\nA,One,123\n"])
def test_nothing_is_overwritten_by_a_file_without_songs(tmp_path: Path, classifier: Classifier, text: str) -> None:
    build(tmp_path, OWN, classifier)
    before = (tmp_path / "out" / "catalogue.csv.gz").read_bytes()
    with pytest.raises(DatasetError, match=r"songs\.csv"):
        build(tmp_path, text, classifier)
    assert (tmp_path / "out" / "catalogue.csv.gz").read_bytes() == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["catalogue.csv.gz"]


def test_a_language_that_is_not_certain_is_left_open() -> None:
    detector = LanguageDetector()
    assert detector.detect("na na na") == ""
    assert detector.detect("Morgen gehen wir durch die Stadt, denn heute ist es hier sehr kalt") == "de"
