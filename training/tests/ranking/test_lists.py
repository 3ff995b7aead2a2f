"""From a facts file to the report and the plots of lists."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.main import app
from musicalface_training.ranking.lists import gather, in_blocks, largest_step, many_lists, scores_by_position
from musicalface_training.ranking.songs import read_tracks
from recommender.catalogue.facts_file import HEADER
from recommender.domain.policy import Policy, Target
from recommender.domain.scores import Scores
from recommender.domain.track import song_id

PNG = b"\x89PNG"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the facts of 1,200 songs, half of them tagged, and the playlists of 300."""
    random = np.random.default_rng(0)
    scores = random.dirichlet([0.5] * 4, 1200)
    truth = [MOODS[random.choice(4, p=of_song)].value for of_song in scores]
    unknown = {name: "" for name in HEADER if name not in MOODS}
    table = pd.DataFrame(scores, columns=[mood.value for mood in MOODS]).assign(**unknown)
    table["artist"] = [f"Artist {number // 2}" for number in range(1200)]
    table["title"] = [f"Song {number}" for number in range(1200)]
    table["id"] = list(map(song_id, table["artist"], table["title"]))
    table["tag_mood"] = [mood if number % 2 else "" for number, mood in enumerate(truth)]
    table["listeners"] = [str(number) if number % 3 else "" for number in range(1200)]
    table.to_csv(tmp_path / "facts.csv.gz", index=False, columns=HEADER)
    table.assign(mood=truth)[:300].to_csv(tmp_path / "playlist_moods.csv", columns=["artist", "title", "mood"])
    return tmp_path


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    for constant, value in (
        ("choice.DRAWS", 3),
        ("choice.PRIOR_VOTES", (1.0, 2.0)),
        ("choice.TEMPERATURES", (0.05, 0.1)),
        ("precision.DRAWS", 20),
        ("precision.RESAMPLES", 10),
        ("lists.SEEDS", 10),
    ):
        monkeypatch.setattr(f"musicalface_training.ranking.{constant}", value)


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["ranking", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.usefixtures("few_draws")
def test_a_measured_catalogue_has_a_page_and_a_picture(data: Path) -> None:
    reports = data / "reports"
    run("measure", "--data", data, "--facts", data / "facts.csv.gz", "--reports", reports)
    page = (reports / "ranking.md").read_text()
    for name in ("random", "popularity", "lyric mood", "tag mood", "blend"):
        assert f"\n| {name} | " in page
    assert page.count("\n| tag mood | 1.000 ") == 1  # playlists and tags agree here, and tags judge no tags
    assert "may have been trained on some of these labels" in page
    assert (reports / "ranking.png").read_bytes().startswith(PNG)


@pytest.mark.usefixtures("few_draws")
def test_lists_are_drawn_for_three_faces(data: Path) -> None:
    run("draw", "--facts", data / "facts.csv.gz", "--output", data / "docs")
    for face in ("sad", "angry", "mixed"):
        assert (data / "docs" / f"ranking-{face}.png").read_bytes().startswith(PNG)


@pytest.mark.usefixtures("few_draws")
@pytest.mark.parametrize("start", [Mood.ANGRY, Mood.SAD])
def test_a_lift_leads_smoothly_where_blocks_jump(data: Path, start: Mood) -> None:
    tracks = read_tracks(data / "facts.csv.gz")
    lifts = many_lists(gather(tracks, Policy.LIFT), Policy.LIFT, Target(start, Scores.pure(start)))
    blocks = in_blocks(gather(tracks, Policy.MATCH), (start, Mood.RELAXED, Mood.HAPPY))
    assert largest_step(lifts) < 0.8 * largest_step(blocks)
    started = scores_by_position(lifts)[:, :, MOODS.index(start)].mean(axis=0)
    windows = np.convolve(started, np.ones(3) / 3, "valid")
    assert np.all(np.diff(windows) < 0.02)
    assert started[0] > 0.6
    assert started[-1] < 0.1
