"""The page on how good the catalogue's facts are."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from musicalface_training.catalogue.measures.beliefs import (
    PRIORS,
    Agreement,
    Sources,
    beliefs_of,
    by_listeners,
    leads,
    of_half,
    read_sources,
)
from musicalface_training.catalogue.measures.judgements import Tally, judge_borrowed, judge_forms, judge_harm
from recommender.domain.belief import PRIOR_VOTES

NAME = "people.md"
_PAGE = """# Moods that people told of, and marks of songs

    musicalface_training catalogue measure

## Do the sources agree?

The believed mood, against moods from sets that the catalogue does not use: playlists of a mood, NJU-MusicMood (moods
from people's tags), and a set of happy and sad songs, where only these two moods are compared. Both sources of people's
moods, emotion words and places of valence and arousal, were made of the same tags at Last.fm: their agreement proves
little, so other sets judge. The lyrics model learned from songs of these sets, so lyrics stand in no row.

A place is read by words of the other half of the artists. Quadrants around zero agree with 64% of the words.

{agreement}

Words agree with other sets the more often, the more listeners they must be of: percentages of a song's tags that only
dozens of listeners explain are worth more than one word at 100 percent. (All three sets together.)

{listeners}

## The weight of knowing nothing

`PRIOR_VOTES` listeners count as much as the lyrics, or as even scores where the lyrics are unknown. Log loss in nats
against the three sets, songs halved by artist; the choice is made on the first half.

{priors}

Beliefs as served, second half: {served}

## Texts that are no lyrics

300 texts of the pool, judged from their titles and beginnings: those that the rules find, others that look like them,
and others at random. Only English and unknown texts are in it, since others have no lyric mood anyway. The author
of the rules judged, with no second reader, so the figures flatter the rules.

{texts}

Recall is among the 300, chosen with more finds than the pool has: it is no recall of the catalogue.

## Harm

500 English songs, judged from their titles and the lines around the words that were found: {flagged} that
the rules mark, others with a single such word ("suspicious"), and others at random, two thirds of them angry or sad.
The author of the rules judged, with no second reader.

{harm}

Each row is a sample of its own, so they have no common recall. Among the songs at random {missed} of {random} are
harmful and not found: over thousands of unmarked songs that is more than the rules find. Probably most harmful
songs are still in lists, most of them angry.

The rules prefer false alarms: a song that names violence against its will stays searchable and leaves only the lists.
"""


def write_measures(data: Path, songs: pd.DataFrame, judged: Path, reports: Path) -> Path:
    """Measure all and write the page. Raises DatasetError."""
    sources = read_sources(data)
    harm = judge_harm(songs, judged)
    page = _PAGE.format(
        agreement=_agreement(sources),
        listeners=_listeners(sources),
        priors=_priors(sources),
        served=_served(sources),
        texts=_tallies(
            [
                ("lists, pages, cards, stories", judge_forms(songs, judged)),
                ("another song's words", judge_borrowed(songs, judged)),
            ]
        ),
        harm=_tallies(harm.items()),
        flagged=harm["flagged"].hits + harm["flagged"].false_alarms,
        missed=harm["random"].misses,
        random=harm["random"].misses + harm["random"].rejections,
    )
    reports.mkdir(parents=True, exist_ok=True)
    path = reports / NAME
    path.write_text(page, "utf-8")
    return path


def _agreement(sources: Sources) -> str:
    told = {"emotion words": sources.words, "places": sources.places, "both": sources.both}
    rows = [
        (name, truth, Agreement.of(beliefs_of(each, {}), moods))
        for name, each in told.items()
        for truth, moods in [*sources.truths.items(), ("emotion words", leads(sources.words))]
        if (name, truth) not in (("emotion words", "emotion words"), ("both", "emotion words"))
    ]
    return _table(("source", "judged by", *_AGREEMENT), ((name, truth, *_shown(found)) for name, truth, found in rows))


def _listeners(sources: Sources) -> str:
    moods = {song: mood for truth in sources.truths.values() for song, mood in truth.items()}
    rows = ((f"{low:g} to {high:g}", *_shown(found)) for low, high, found in by_listeners(sources, moods))
    return _table(("listeners", *_AGREEMENT), rows)


def _priors(sources: Sources) -> str:
    rows = ((f"{prior:g}", *(f"{_loss(sources, prior, part):.3f}" for part in (0, 1))) for prior in PRIORS)
    return _table(("votes", "first half", "second half"), rows)


def _loss(sources: Sources, prior: float, part: int) -> float:
    return _together(sources, prior, part).loss


def _served(sources: Sources) -> str:
    found = _together(sources, PRIOR_VOTES, 1)
    return f"{found.songs} songs, accuracy {found.accuracy:.3f}, calibration error {found.error:.3f}."


def _together(sources: Sources, prior: float, part: int) -> Agreement:
    artists = {song: told.artist for song, told in sources.both.items()}
    moods = {song: mood for truth in sources.truths.values() for song, mood in truth.items()}
    return Agreement.of(beliefs_of(sources.both, {}, prior), of_half(moods, artists, part))


_AGREEMENT = ("songs", "accuracy", "log loss", "calibration error")


def _shown(found: Agreement) -> tuple[str, ...]:
    return (
        str(found.songs),
        *("–" if np.isnan(value) else f"{value:.3f}" for value in (found.accuracy, found.loss, found.error)),
    )


def _tallies(rows: Iterable[tuple[str, Tally]]) -> str:
    head = ("songs", "found", "false alarms", "misses", "rightly left", "precision", "recall")
    return _table(
        head,
        (
            (name, *map(str, (t.hits, t.false_alarms, t.misses, t.rejections)), f"{t.precision:.2f}", f"{t.recall:.2f}")
            for name, t in rows
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)
