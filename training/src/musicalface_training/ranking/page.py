"""The report on the ranking, with its plot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from musicalface_common.vocabulary import MOODS
from musicalface_training.ranking.choice import SHARED_AT_MOST, Trial, choose
from musicalface_training.ranking.plots import plot_precision
from musicalface_training.ranking.precision import DRAWS, RESAMPLES, PrecisionAt10
from musicalface_training.ranking.truth import Rated
from musicalface_training.report import markdown_table, write_page
from recommender.domain.belief import PRIOR_VOTES
from recommender.domain.ranking import POPULARITY_WEIGHT, TEMPERATURE

PAGE = """# Ranking: precision by its weights

Precision at 10: the share of ten songs, ranked for a mood, that people gave that mood. There are two truths: the mood
of a song's playlist, and the mood that people tagged. If tags are the truth, no ranking may use them. The candidates
are the catalogue's songs that have a mood in the truth. A ranking without moods is right for a quarter of its songs, on
average over the moods.

{source}

The songs are divided into two halves by artist: weights are chosen on one half; all figures below are for the other.

{sizes}

{tables}

- drawn: lists as they are served, drawn at random with the chosen temperature, one song for each artist; the mean of
  the four moods over {draws} lists each. Interval: {resamples} bootstrap samples of the artists, and lists of their
  songs.
- ten best: the same without chance, except for `random` and songs with equal scores.
- random and popularity use no mood, and rank all songs; the others rank the songs that they assign to the mood.
- A song's popularity is its artist's number of listeners; tag mood ranks tagged songs only.

![Precision at 10](ranking.png)

## The weights

Chosen: {chosen}. Served: {served}.

The choice is the highest mean precision over both truths, on the half for choosing, among weights with which two lists
of ten songs from the whole catalogue share {shared:g} songs at most. Near the choice, one weight changed at a time:

{trials}

## Lifts

The largest step between two neighbours in a list of ten songs, on average: the distance of their believed mood scores
(half the sum of the differences, 0 to 1), in lifts as served, and in blocks of matching songs.

{lifts}

    musicalface_training ranking measure{options}
"""


@dataclass(frozen=True)
class Findings:
    """The content of the report.

    `halves` are for choosing and for measuring, one pair per truth. `measured` is by truth. `lifts` holds a start, the
    largest step of a lift, and that of blocks. `scored` is true if lyric scores replaced the catalogue's.
    """

    halves: Sequence[tuple[Rated, Rated]]
    trials: Sequence[Trial]
    measured: Mapping[str, Sequence[PrecisionAt10]]
    lifts: Sequence[tuple[str, float, float]]
    scored: bool


def write_report(folder: Path, findings: Findings) -> Path:
    """Write the page and its plot; return the page's path."""
    page = write_page(folder, "ranking", _page(findings))
    plot_precision(folder / "ranking.png", findings.measured)
    return page


def _page(findings: Findings) -> str:
    chosen = choose(findings.trials)
    return PAGE.format(
        source=_source(findings.scored),
        sizes=_sizes(findings.halves),
        tables="\n\n".join(f"## Truth: {title}\n\n{_table(rows)}" for title, rows in findings.measured.items()),
        draws=DRAWS,
        resamples=RESAMPLES,
        chosen=_weights(chosen.prior_votes, *chosen.weights),
        served=_weights(PRIOR_VOTES, POPULARITY_WEIGHT, TEMPERATURE),
        shared=SHARED_AT_MOST,
        trials=_trials(findings, chosen),
        lifts=markdown_table(("start", "lift", "blocks"), [(a, f"{b:.2f}", f"{c:.2f}") for a, b, c in findings.lifts]),
        options=" --scores CSV" if findings.scored else "",
    )


def _source(scored: bool) -> str:
    if scored:
        return "The lyric scores are out of fold: no model was trained on the label of a song that it scored."
    return "The lyric scores are the catalogue's: its model may have been trained on some of these labels."


def _sizes(halves: Sequence[tuple[Rated, Rated]]) -> str:
    rows = [
        (half.title, part, len(half), *(half.moods.count(mood) for mood in MOODS))
        for both in halves
        for half, part in zip(both, ("choosing", "measuring"), strict=True)
    ]
    return markdown_table(("truth", "half for", "songs", *MOODS), rows)


def _table(rows: Sequence[PrecisionAt10]) -> str:
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
            f"{trial.prior_votes:g}",
            f"{trial.weights.popularity:g}",
            f"{trial.weights.temperature:g}",
            *(f"{value:.3f}" for value in trial.precisions),
            f"{trial.precision:.3f}",
            f"{trial.shared:.2f}",
        )
        for trial in findings.trials
        if trial.differs_in_one(chosen)
    ]
    return markdown_table(("tags", "popularity", "temperature", *titles, "mean", "songs that two lists share"), rows)


def _weights(tags: float, popularity: float, temperature: float) -> str:
    return f"tags {tags:g}, popularity {popularity:g}, temperature {temperature:g}"
