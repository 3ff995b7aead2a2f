"""From the catalogue to the report, and to the plots of lists."""

from collections.abc import Sequence
from pathlib import Path

from musicalface_common.vocabulary import Mood
from musicalface_training.ranking.choice import choose, try_weights
from musicalface_training.ranking.lists import gather, in_blocks, largest_step, many_lists
from musicalface_training.ranking.methods import blend, single_features
from musicalface_training.ranking.page import Findings, write_report
from musicalface_training.ranking.plots import plot_lists
from musicalface_training.ranking.precision import measure
from musicalface_training.ranking.songs import read_tracks, rescored
from musicalface_training.ranking.truth import by_playlists, by_tags, halves
from recommender.domain.policy import Policy, Target
from recommender.domain.scores import Scores
from recommender.domain.track import Track

STARTS = (Mood.ANGRY, Mood.SAD)
FACES = {
    "sad": Target(Mood.SAD, Scores(0.03, 0.92, 0.01, 0.04)),
    "angry": Target(Mood.ANGRY, Scores(0.92, 0.04, 0.01, 0.03)),
    "mixed": Target(Mood.SAD, Scores(0.03, 0.50, 0.02, 0.45)),
}


def measure_ranking(facts: Path, data: Path, scores: Path | None, reports: Path) -> Path:
    """Choose weights on one half of the rated songs, measure on the other, and write the page. Raises DatasetError."""
    tracks = read_tracks(facts)
    judged = rescored(tracks, scores) if scores else tracks
    playlists, tags = halves(by_playlists(judged, data)), halves(by_tags(judged))
    trials = try_weights([playlists[0], tags[0]], tracks)
    chosen = choose(trials)
    served = blend(chosen.prior_votes, chosen.weights)
    features = single_features(chosen.weights.temperature)
    measured = {
        "playlists": [measure(method, playlists[1]) for method in (*features, served)],
        "tags": [measure(method, tags[1]) for method in (*features[:-1], served)],
    }
    findings = Findings([playlists, tags], trials, measured, _lifts(tracks), scores is not None)
    return write_report(reports, findings)


def draw_lists(facts: Path, folder: Path) -> list[Path]:
    """Plot the lists of three faces for each policy; return the plots' paths. Raises DatasetError."""
    tracks = read_tracks(facts)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"ranking-{name}.png" for name in FACES}
    for name, asked in FACES.items():
        panels = {policy.value: many_lists(gather(tracks, policy), policy, asked) for policy in Policy}
        shares = ", ".join(f"{share:.0%} {mood}" for mood, share in asked.scores._asdict().items())
        plot_lists(paths[name], panels, f"a face that is {shares}")
    return list(paths.values())


def _lifts(tracks: Sequence[Track]) -> list[tuple[str, float, float]]:
    pools, wide = (gather(tracks, policy) for policy in (Policy.MATCH, Policy.LIFT))
    return [
        (
            start.value,
            largest_step(many_lists(wide, Policy.LIFT, Target(start, Scores.pure(start)))),
            largest_step(in_blocks(pools, (start, Mood.RELAXED, Mood.HAPPY))),
        )
        for start in STARTS
    ]
