"""Weights of the ranking, measured on moods that people gave; all songs are made up."""

import gzip
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.errors import DatasetError
from musicalface_training.ranking.choice import Trial, choose
from musicalface_training.ranking.methods import blend, single_features, strongest
from musicalface_training.ranking.precision import measure, precision, shared
from musicalface_training.ranking.songs import read_tracks, rescored
from musicalface_training.ranking.truth import Rated, by_playlists, by_tags, halves, resample
from recommender.catalogue.facts_file import HEADER
from recommender.domain.facts import FACTS, join_names
from recommender.domain.ranking import ALL_LISTENERS, CANDIDATES, Weights
from recommender.domain.scores import Scores
from recommender.domain.track import Track, song_id

EVEN = Scores(0.25, 0.25, 0.25, 0.25)


def song(number: int, **facts: object) -> Track:
    """Make song `number`: two songs for each artist, the mood by the number."""
    artist, title = f"Artist {number // 2}", f"Song {number}"
    names = {"id": song_id(artist, title), "artist": artist, "title": title}
    usual = {fact.name: () if fact.kind is tuple else None for fact in FACTS} | {"people": None}
    return Track(**(usual | names | {"scores": Scores.pure(mood_of(number))} | facts))  # type: ignore[arg-type]


def mood_of(number: int) -> Mood:
    return MOODS[number // 2 % 4]


def rated(tracks: list[Track]) -> Rated:
    return Rated("people", tracks, [mood_of(number) for number in range(len(tracks))])


def write_facts(path: Path, tracks: list[Track]) -> Path:
    """Write songs as a facts file."""
    names = ["id", *(fact.name for fact in FACTS)]
    rows = [
        {name: written(getattr(track, name)) for name in names} | (track.scores or EVEN)._asdict() for track in tracks
    ]
    text = pd.DataFrame(rows).reindex(columns=HEADER).to_csv(index=False)
    path.write_bytes(gzip.compress(text.encode()))
    return path


def written(fact: object) -> str:
    if isinstance(fact, tuple):
        return join_names(fact)
    return "" if fact is None else str(int(fact) if isinstance(fact, bool) else fact)


def write_playlists(folder: Path, rows: list[tuple[str, str, str]]) -> Path:
    pd.DataFrame(rows, columns=["artist", "title", "mood"]).to_csv(folder / "playlist_moods.csv", index=False)
    return folder


def test_facts_are_read_as_they_were_written(tmp_path: Path) -> None:
    known = song(1, year=1977, genres=("soul",), explicit=True, tag_mood=Mood.SAD, listeners=12, scores=EVEN)
    read = read_tracks(write_facts(tmp_path / "facts.csv.gz", [song(0), known]))
    assert read == sorted([song(0), known], key=lambda track: track.id)


def test_songs_with_given_scores_are_kept_with_these(tmp_path: Path) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text(f"id,angry,sad,happy,relaxed\n{song(1).id},.25,.25,.25,.25\n{song(9).id},1,0,0,0\n")
    (kept,) = rescored([song(0), song(1)], scores)
    assert (kept.id, kept.scores) == (song(1).id, EVEN)


@pytest.mark.parametrize(("rows", "says"), [([("much", 0)], "no score"), ([(1, 0), (0, 1)], "twice")])
def test_wrong_scores_are_refused(tmp_path: Path, rows: list[tuple[object, object]], says: str) -> None:
    scores = tmp_path / "scores.csv"
    lines = [f"{song(0).id},{angry},{sad},0,0" for angry, sad in rows]
    scores.write_text("\n".join(["id,angry,sad,happy,relaxed", *lines]))
    with pytest.raises(DatasetError, match=says):
        rescored([song(0)], scores)


@pytest.mark.parametrize("facts", [{"tag_mood": "bored"}, {"listeners": "many"}, {"year": "long ago"}])
def test_wrong_facts_are_refused(tmp_path: Path, facts: dict[str, object]) -> None:
    with pytest.raises(DatasetError, match=r"facts\.csv"):
        read_tracks(write_facts(tmp_path / "facts.csv.gz", [song(0, **facts)]))


def test_an_older_facts_file_is_refused_by_its_first_line(tmp_path: Path) -> None:
    older = tmp_path / "facts.csv.gz"
    older.write_bytes(gzip.compress(b"id,artist,title,year,genre,language,spotify_id,angry,sad,happy,relaxed\n"))
    with pytest.raises(
        DatasetError, match=r"its first line is not id,.*explicit,spotify_id,deezer_id,tag_mood,listeners"
    ):
        read_tracks(older)


def test_a_facts_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"absent\.csv\.gz"):
        read_tracks(tmp_path / "absent.csv.gz")


def test_playlists_rate_the_catalogues_songs_by_any_spelling(tmp_path: Path) -> None:
    said = [
        ("ARTIST 0", "song  0!", "sad"),
        ("Artist 0", "Song 1", "sad"),
        ("Artist 0", "Song 1", "happy"),
        ("Nobody", "Knows", "angry"),
    ]
    people = by_playlists([song(0), song(1), song(2)], write_playlists(tmp_path, said))
    assert (people.tracks, people.moods) == ([song(0)], [Mood.SAD])


@pytest.mark.parametrize("said", [("Artist 0", "Song 0", "bored"), ("Nobody", "Knows", "sad")])
def test_playlists_that_rate_nothing_are_refused(tmp_path: Path, said: tuple[str, str, str]) -> None:
    with pytest.raises(DatasetError, match="playlist"):
        by_playlists([song(0)], write_playlists(tmp_path, [said]))


def test_tags_that_are_the_truth_are_hidden_from_the_ranking() -> None:
    people = by_tags([song(0), song(1, tag_mood=Mood.SAD)])
    assert (people.tracks, people.moods) == ([song(1)], [Mood.SAD])


def test_halves_share_no_artist_and_lose_no_song() -> None:
    people = rated([song(number) for number in range(41)])
    one, other = halves(people)
    assert Counter(one.tracks + other.tracks) == Counter(people.tracks)
    assert not {track.artist for track in one.tracks} & {track.artist for track in other.tracks}
    assert halves(people) == (one, other) != halves(people, seed=1)
    assert all(mood_of(int(track.title.split()[1])) is mood for track, mood in zip(one.tracks, one.moods, strict=True))


def test_an_artist_drawn_twice_counts_as_two() -> None:
    again = resample(rated([song(number) for number in range(40)]), np.random.default_rng(0))
    artists = Counter(track.artist_key for track in again.tracks)
    names = {track.artist.rsplit(" ", 1)[0] for track in again.tracks}
    assert set(artists.values()) == {2}
    assert len(artists) == 20 > len(names)
    assert len({track.id for track in again.tracks}) == 40


def test_a_right_feature_is_precise_and_chance_is_as_precise_as_the_share_of_songs() -> None:
    tracks = [song(number, listeners=ALL_LISTENERS if mood_of(number) is Mood.SAD else 0) for number in range(200)]
    random, popular, lyrics, tags = (precision(method, rated(tracks), 50) for method in single_features(0.05))
    assert set(lyrics.values()) == {1.0}
    assert set(tags.values()) == {0.0}
    assert all(0.15 < share < 0.35 for share in random.values())
    assert popular[Mood.SAD] > 0.8
    assert popular[Mood.HAPPY] < 0.1


def test_the_blend_uses_tags_by_their_weight() -> None:
    tracks = [song(number, scores=EVEN, tag_mood=mood_of(number)) for number in range(40)]
    assert set(precision(blend(1.0), rated(tracks), 5).values()) == {1.0}
    untagged = [replace(track, tag_mood=None) for track in tracks]
    assert sum(precision(blend(1.0), rated(untagged), 5).values()) < 2


def test_the_best_ten_are_measured_without_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface_training.ranking.precision.RESAMPLES", 10)
    tracks = [song(number, listeners=ALL_LISTENERS if number % 40 < 8 else 0) for number in range(400)]
    scores = [Scores(*np.random.default_rng(number).dirichlet([1] * 4)) for number in range(400)]
    noisy = [replace(track, scores=of_song) for track, of_song in zip(tracks, scores, strict=True)]
    true = Rated("people", noisy, [of_song.mood for of_song in scores])
    hot = blend(weights=Weights(0, 5))
    measured = measure(replace(hot, belief=None, weights=Weights(1, 5)), Rated("p", noisy, [Mood.SAD] * 400))
    assert measured.by_mood[Mood.SAD] == measured.best * 4 == 1
    assert measure(hot, true).interval == (1, 1)


def test_candidates_are_the_strongest_songs_of_a_mood() -> None:
    tracks = [song(number, scores=Scores(0, 0, share, 1 - share)) for number, share in enumerate(np.arange(0, 1, 4e-4))]
    pool = strongest(tracks, Mood.HAPPY, lambda track: track.scores)
    shares = pool.scores[:, 2].tolist()
    assert len(pool.tracks) == CANDIDATES
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0.59


def test_two_lists_share_what_is_in_both() -> None:
    one, other = [song(0), song(2)], [song(2), song(4)]
    assert shared([one, other]) == 1
    assert shared([one, one, other]) == pytest.approx(4 / 3)


def test_the_most_precise_weights_with_differing_lists_are_chosen() -> None:
    cold = Trial(0.5, Weights(0.1, 0.02), (0.9, 0.7), shared=6)
    warm = Trial(0.5, Weights(0.1, 0.1), (0.6, 0.6), shared=1.5)
    hot = Trial(0.5, Weights(0.1, 0.2), (0.5, 0.6), shared=0.5)
    assert choose([cold, warm, hot]) is warm
    assert choose([cold]) is cold
    assert warm.differs_in_one(hot)
    assert not warm.differs_in_one(replace(hot, prior_votes=0.25))
