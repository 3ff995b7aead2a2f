"""The ranking's page in training/reports/, with its picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from musicalface_common.vocabulary import MOODS
from musicalface_training.ranking.choice import SHARED_AT_MOST, Trial, choose
from musicalface_training.ranking.plots import plot_precision
from musicalface_training.ranking.precision import DRAWS, RESAMPLES, Precision
from musicalface_training.ranking.truth import Rated
from musicalface_training.report import markdown_table
from recommender.domain.ranking import POPULARITY_WEIGHT, TEMPERATURE
from recommender.domain.scores import TAG_WEIGHT

PAGE = """# Ranking: what its weights are worth

Precision at 10: of ten songs that a ranking gives for a mood, how many are of that mood to people. Two truths judge:
the mood of the playlist that a song stood in, and the mood that people tagged. Where tags are the truth, no ranking
is told of them. Candidates are the songs of the catalogue that the truth knows. A ranking that knows no mood is right
for a quarter of its songs, on average over the moods.

{source}

Songs were halved by artist: weights are chosen on one half, and all that follows here is of the other.

{sizes}

{tables}

- drawn: lists as they are served, by chance with the chosen temperature, one song an artist; the mean of the four moods
  over {draws} lists each. Interval: {resamples} draws of as many artists with replacement, and of lists of their songs.
- ten best: the same without chance (random, and equals, are left to it).
- random and popularity know no mood and rank all songs; the others rank the songs that they take to be of the mood.
- A song's popularity is its artist's number of listeners; tag mood ranks tagged songs alone.

![Precision at 10](ranking.png)

## The weights

Chosen: {chosen}. Served: {served}.

The most precise mean of both truths on the half to choose by, among weights by which two lists of ten songs share at
most {shared:g} where all of the catalogue is drawn from. Around the choice, one weight changed at a time:

{trials}

## Lifts

How far neighbouring songs are apart in believed scores (half the sum of the differences, 0 to 1), at the largest step
of a list of ten, on average: as served, and as blocks of matching songs.

{lifts}

    musicalface_training ranking measure{options}
"""


@dataclass(frozen=True)
class Findings:
    """What was measured.

    `halves` are to choose by and to measure on, `measured` is by truth, `lifts` holds a start, the largest step of a
    lift and that of blocks, and `scored` says whether the lyric scores were given beside the catalogue.
    """

    halves: Sequence[tuple[Rated, Rated]]
    trials: Sequence[Trial]
    measured: Mapping[str, Sequence[Precision]]
    lifts: Sequence[tuple[str, float, float]]
    scored: bool


def write_page(folder: Path, findings: Findings) -> Path:
    """Write the page and its picture; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    plot_precision(folder / "ranking.png", findings.measured)
    page = folder / "ranking.md"
    page.write_text(_page(findings), "utf-8")
    return page


def _page(findings: Findings) -> str:
    chosen = choose(findings.trials)
    return PAGE.format(
        source=_source(findings.scored),
        sizes=_sizes(findings.halves),
        tables="\n\n".join(f"## Truth: {title}\n\n{_table(rows)}" for title, rows in findings.measured.items()),
        draws=DRAWS,
        resamples=RESAMPLES,
        chosen=_weights(chosen.tag_weight, *chosen.weights),
        served=_weights(TAG_WEIGHT, POPULARITY_WEIGHT, TEMPERATURE),
        shared=SHARED_AT_MOST,
        trials=_trials(findings, chosen),
        lifts=markdown_table(("start", "lift", "blocks"), [(a, f"{b:.2f}", f"{c:.2f}") for a, b, c in findings.lifts]),
        options=" --scores CSV" if findings.scored else "",
    )


def _source(scored: bool) -> str:
    if scored:
        return "The lyric scores are out of fold: no model that scored a song had seen its label."
    return "The lyric scores are the catalogue's: its model may have seen some of these labels in training."


def _sizes(halves: Sequence[tuple[Rated, Rated]]) -> str:
    rows = [
        (half.title, part, len(half), *(half.moods.count(mood) for mood in MOODS))
        for both in halves
        for half, part in zip(both, ("choosing", "measuring"), strict=True)
    ]
    return markdown_table(("truth", "half for", "songs", *MOODS), rows)


def _table(rows: Sequence[Precision]) -> str:
    cells = [
        (
            row.name,
            f"{row.mean:.3f}",
            "{:.3f} to {:.3f}".format(*row.interval),
            f"{row.best:.3f}",
            *(f"{row.by_mood[mood]:.2f}" for mood in MOODS),
        )
        for row in rows
    ]
    return markdown_table(("ranking by", "drawn", "95% interval", "ten best", *MOODS), cells)


def _trials(findings: Findings, chosen: Trial) -> str:
    titles = [choosing.title for choosing, _ in findings.halves]
    rows = [
        (
            f"{trial.tag_weight:g}",
            f"{trial.weights.popularity:g}",
            f"{trial.weights.temperature:g}",
            *(f"{value:.3f}" for value in trial.precisions),
            f"{trial.precision:.3f}",
            f"{trial.shared:.2f}",
        )
        for trial in findings.trials
        if trial.differs_in_one(chosen)
    ]
    return markdown_table(("tags", "popularity", "temperature", *titles, "mean", "songs shared by two lists"), rows)


def _weights(tags: float, popularity: float, temperature: float) -> str:
    return f"tags {tags:g}, popularity {popularity:g}, temperature {temperature:g}"
