"""Prints a recommendation as tables for people."""

import sys
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gateway.schemas import Recommendation, Track
from musicalface_common.vocabulary import Emotion, Mood

BAR_WIDTH = 20
NO_SONGS = "No songs pass the filters"
PIPE_WIDTH = 1000  # characters, wide enough for every link: a pipe has no width of its own


def show(recommendation: Recommendation) -> None:
    """Print the emotion, the mood and the songs."""
    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)
    emotion, mood = recommendation.emotion, recommendation.mood
    console.print(scores_table("Emotion", emotion.label, emotion.scores))
    console.print(scores_table("Mood", mood.label, mood.scores))
    console.print(tracks_table(recommendation.tracks) if recommendation.tracks else NO_SONGS)
    for missing in recommendation.degraded:
        console.print(Text(f"Without: {missing}", style="dim"))


def scores_table(kind: str, label: str, scores: Mapping[Emotion, float] | Mapping[Mood, float]) -> Table:
    """Return a table with a bar for each score, the highest score first. The row named `label` is bold."""
    table = Table(title=f"{kind}: {label}", title_justify="left", title_style="bold", box=None, show_header=False)
    for name, score in sorted(scores.items(), key=lambda item: -item[1]):
        bar = "█" * round(score * BAR_WIDTH)
        table.add_row(name, bar.ljust(BAR_WIDTH), f"{score:.0%}", style="bold" if name == label else "")
    return table


def tracks_table(tracks: list[Track]) -> Table:
    """Return a numbered table of songs with their links, which are never cut."""
    table = Table(title="Songs", title_justify="left", title_style="bold", box=None, show_header=False)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for number, track in enumerate(tracks, start=1):
        year = f" ({track.year})" if track.year else ""
        table.add_row(f"{number}.", Text(f"{track.artist} – {track.title}{year}"))
        table.add_row("", Text(track.url, style=f"dim link {track.url}"))
    return table
