"""`score-batch`: files of songs in, Parquet files of their mood scores out, never the lyrics."""

import csv
import gzip
import io
import lzma
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from lyrics_mood.classifier import load_classifier
from musicalface_training.catalogue.commands import catalogue

MOODS = ["angry", "sad", "happy", "relaxed"]
SONGS = [
    {
        "id": "007",
        "artist": "A",
        "title": "One",
        "lyrics": "they walk along the river and they all talk shit",
        "link": "x",
    },
    {"id": "8", "artist": "B", "title": "Two", "lyrics": "1234 !!!", "link": "x"},
    {
        "id": "9",
        "artist": "C",
        "title": "Drei",
        "lyrics": "Morgen gehen wir durch die Stadt,\nheute ist es kalt",
        "link": "x",
    },
    {"id": "10", "artist": "D", "title": "Four", "lyrics": "", "link": "x"},
    {"id": "11", "artist": "E", "title": "Five", "lyrics": "we walk along the wonderful river today", "link": "x"},
]


def as_csv(songs: list[dict[str, str]] = SONGS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(songs[0]))
    writer.writeheader()
    writer.writerows(songs)
    return text.getvalue().encode("utf-8-sig")


def as_parquet(songs: list[dict[str, str]] = SONGS) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(songs), buffer, row_group_size=2)
    return buffer.getvalue()


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(catalogue, ["score-batch", *map(str, arguments), "--processes", "1"])


def read(folder: Path) -> pa.Table:
    return pa.concat_tables(pq.read_table(path) for path in sorted(folder.glob("*.parquet")))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("songs.csv", as_csv),
        ("songs.csv.gz", lambda: gzip.compress(as_csv())),
        ("songs.csv.xz", lambda: lzma.compress(as_csv())),
        ("songs.parquet", as_parquet),
    ],
)
def test_each_kind_of_file_is_read(tmp_path: Path, name: str, content: Callable[[], bytes]) -> None:
    (tmp_path / name).write_bytes(content())
    result = ask(tmp_path / name, tmp_path / "out", "--rows", 2)
    assert result.exit_code == 0, result.output
    assert "3 songs in" in result.output
    assert "2 rows without words left out" in result.output
    table = read(tmp_path / "out")
    assert table.column_names == ["id", "artist", "title", *MOODS, "language", "explicit"]
    assert table["id"].to_pylist() == ["007", "9", "11"]
    assert table["language"].to_pylist() == ["en", "de", "en"]
    assert table["explicit"].to_pylist() == [True, False, False]
    scores = [list(row) for row in zip(*(table[mood].to_pylist() for mood in MOODS), strict=True)]
    classifier = load_classifier()
    for row, song in zip(scores, (SONGS[0], SONGS[2], SONGS[4]), strict=True):
        assert row == pytest.approx(classifier.scores([song["lyrics"]])[0].tolist(), abs=1e-5)


def test_lyrics_are_in_no_output(tmp_path: Path) -> None:
    (tmp_path / "songs.parquet").write_bytes(as_parquet())
    assert ask(tmp_path / "songs.parquet", tmp_path / "out").exit_code == 0
    assert not [path for path in (tmp_path / "out").iterdir() if b"wonderful" in path.read_bytes()]
    assert not {"lyrics", "link"} & set(read(tmp_path / "out").column_names)


def test_finished_parts_are_not_scored_again(tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_bytes(as_csv())
    out = tmp_path / "out"
    assert ask(tmp_path / "songs.csv", out, "--rows", 2).exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        f"songs.csv-0000{number}.{kind}" for number in range(3) for kind in ("done", "parquet")
    ]
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()}
    assert "nothing left to do" in ask(tmp_path / "songs.csv", out, "--rows", 2).output
    (out / "songs.csv-00001.done").unlink()
    assert "1 songs in" in ask(tmp_path / "songs.csv", out, "--rows", 2).output
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()}
    assert [name for name in before if before[name] != after[name]] == ["songs.csv-00001.parquet"] or {
        name for name in before if before[name][1] != after[name][1]
    } == {"songs.csv-00001.parquet", "songs.csv-00001.done"}
    assert {name: content for name, (content, _) in before.items()} == {
        name: content for name, (content, _) in after.items()
    }


@pytest.mark.parametrize("change", ["lyrics", "rows"])
def test_parts_of_another_run_are_never_mixed_in(tmp_path: Path, change: str) -> None:
    (tmp_path / "songs.csv").write_bytes(as_csv())
    assert ask(tmp_path / "songs.csv", tmp_path / "out", "--rows", 2).exit_code == 0
    if change == "lyrics":
        (tmp_path / "songs.csv").write_bytes(as_csv().replace(b"river", b"valley"))
    result = ask(tmp_path / "songs.csv", tmp_path / "out", "--rows", 2 if change == "lyrics" else 3)
    assert result.exit_code == 1
    assert "choose an empty output folder" in result.output


def test_a_folder_is_shared_among_the_pods_of_a_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.csv").write_bytes(as_csv([{**SONGS[4], "id": str(number)}]))
    (tmp_path / "in" / "readme.txt").write_text("no songs")
    monkeypatch.setenv("JOB_COMPLETION_INDEX", "1")
    assert ask(tmp_path / "in", tmp_path / "out", "--shard-count", 2).exit_code == 0
    assert read(tmp_path / "out")["id"].to_pylist() == ["1"]
    monkeypatch.setenv("JOB_COMPLETION_INDEX", "0")
    assert ask(tmp_path / "in", tmp_path / "out", "--shard-count", 2).exit_code == 0
    assert read(tmp_path / "out")["id"].to_pylist() == ["0", "1", "2"]
    monkeypatch.setenv("JOB_COMPLETION_INDEX", "2")
    assert "there is no shard 2 of 2" in ask(tmp_path / "in", tmp_path / "out", "--shard-count", 2).output
    monkeypatch.setenv("JOB_COMPLETION_INDEX", "3")
    assert "nothing left to do" in ask(tmp_path / "in", tmp_path / "out", "--shard-count", 4).output


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("songs.csv", b"artist,title\nA,One\n", "lacks a column lyrics or text; it has artist, title"),
        ("songs.csv", b"lyrics\nla la\n", "id, artist or title"),
        ("songs.csv", b"", "it has none"),
        ("songs.csv", b"title,lyrics\n", "no rows"),
        ("songs.csv", b"title,lyrics\nOne,\nTwo,12\n", "no row of the input has lyrics"),
        ("songs.csv", b"title,lyrics\nOne,\xff\xfe\n", "cannot be read"),
        ("songs.csv.gz", b"title,lyrics\nOne,la la\n", "cannot be read"),
        ("songs.csv.gz", gzip.compress(as_csv())[:-20], "cannot be read"),
        ("songs.csv.xz", b"title,lyrics\nOne,la la\n", "cannot be read"),
        ("songs.parquet", b"title,lyrics\nOne,la la\n", "cannot be read"),
        ("songs.txt", b"title,lyrics\nOne,la la\n", ".parquet"),
    ],
)
def test_bad_input_is_reported_in_one_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    result = ask(tmp_path / name, tmp_path / "out")
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if "error" in line]
    assert said in line
    assert name in line or "input" in line


def test_a_missing_file_and_an_unknown_model_are_reported(tmp_path: Path) -> None:
    assert "nowhere.csv is not" in ask(tmp_path / "nowhere.csv", tmp_path / "out").output
    (tmp_path / "songs.csv").write_bytes(as_csv())
    assert "no model 'other'" in ask(tmp_path / "songs.csv", tmp_path / "out", "--model", "other").output


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_its_engine_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_bytes(as_csv())
    assert "pip install 'ray[data]'" in ask(tmp_path / "songs.csv", tmp_path / "out", "--engine", "ray").output


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray Data is optional, and not installed: pip install 'ray[data]'")
@pytest.mark.filterwarnings("ignore")  # warnings of Ray about its workers and sockets
def test_ray_writes_the_same_bytes_and_resumes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.csv").write_bytes(as_csv())
    assert ask(tmp_path / "in", tmp_path / "local", "--rows", 2).exit_code == 0
    result = ask(tmp_path / "in", tmp_path / "ray", "--rows", 2, "--engine", "ray")
    assert result.exit_code == 0, result.output
    assert "9 songs in" in result.output
    written = {path.name: path.read_bytes() for path in (tmp_path / "ray").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "local").iterdir()}
    (tmp_path / "ray" / "1.csv-00000.done").unlink()
    assert "1 songs in" in ask(tmp_path / "in", tmp_path / "ray", "--rows", 2, "--engine", "ray").output
