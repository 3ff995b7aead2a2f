"""Lifts with the packaged catalogue: from the listener's mood to happy, in small steps."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from statistics import fmean

import numpy as np
import pytest

from musicalface_common.vocabulary import MOODS, Mood
from recommender.cache.candidates import CandidateCache
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import open_engine
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
from recommender.domain.policy import Policy, Target
from recommender.domain.query import Filters
from recommender.domain.ranking import NO_MOOD
from recommender.domain.scores import Scores
from recommender.domain.track import Track
from recommender.recommend import ListRequest, Recommender
from recommender.settings import Settings

SEEDS = range(30)
LENGTH = 12
STARTS = (Mood.ANGRY, Mood.SAD)


@pytest.fixture(scope="module")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recommender]:
    with open_engine(f"sqlite:///{tmp_path_factory.mktemp('lift') / 'catalogue.db'}") as engine:
        version = load(engine, FactsFile(Settings().catalogue_file)).version
        yield Recommender(Catalogue(engine, version), CandidateCache(None))


def songs(recommender: Recommender, mood: Mood, policy: Policy, seed: int, length: int = LENGTH) -> list[Track]:
    target = Target(mood, Scores.pure(mood))
    answer = recommender.recommend(ListRequest(target, length, policy, frozenset(), seed, Filters()))
    assert answer.degraded == []
    return answer.tracks


def blocks(recommender: Recommender, start: Mood, seed: int) -> list[Track]:
    moods = (start, Mood.RELAXED, Mood.HAPPY)
    return [track for mood in moods for track in songs(recommender, mood, Policy.MATCH, seed, LENGTH // 3)]


def largest_step(tracks: list[Track]) -> float:
    steps = pairwise(track.belief or NO_MOOD for track in tracks)
    return max(sum(abs(a - b) for a, b in zip(before, after, strict=True)) / 2 for before, after in steps)


@pytest.mark.parametrize("start", STARTS)
def test_the_mood_of_the_start_fades_and_happiness_grows(recommender: Recommender, start: Mood) -> None:
    lifts = [songs(recommender, start, Policy.LIFT, seed) for seed in SEEDS]
    scores = np.array([[track.belief or NO_MOOD for track in tracks] for tracks in lifts]).mean(axis=0)
    started, happy = (
        np.convolve(scores[:, MOODS.index(mood)], np.ones(4) / 4, "valid") for mood in (start, Mood.HAPPY)
    )
    assert np.all(np.diff(started) < 0.02)
    assert np.all(np.diff(happy) > -0.02)
    assert scores[0].argmax() == MOODS.index(start)
    assert scores[-1].argmax() == MOODS.index(Mood.HAPPY)


@pytest.mark.parametrize("start", STARTS)
def test_a_lift_has_smaller_steps_than_blocks_of_moods(recommender: Recommender, start: Mood) -> None:
    steps = fmean(largest_step(songs(recommender, start, Policy.LIFT, seed)) for seed in SEEDS)
    jumps = fmean(largest_step(blocks(recommender, start, seed)) for seed in SEEDS)
    assert steps < 0.9 * jumps


@pytest.mark.parametrize("start", STARTS)
def test_a_lift_never_returns_to_an_earlier_mood(recommender: Recommender, start: Mood) -> None:
    for seed in SEEDS:
        tracks = songs(recommender, start, Policy.LIFT, seed)
        assert [mood for mood, _ in groupby(track.mood for track in tracks)] == [start, Mood.RELAXED, Mood.HAPPY]
        assert len({track.artist_key for track in tracks}) == LENGTH
