"""Plots of lists' mood scores and of rankings' precision."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.ranking.lists import Lists, scores_by_position
from musicalface_training.ranking.precision import PrecisionAt10

COLOURS = {Mood.ANGRY: "tab:red", Mood.SAD: "tab:blue", Mood.HAPPY: "tab:orange", Mood.RELAXED: "tab:green"}


def plot_lists(path: Path, panels: Mapping[str, Lists], title: str) -> None:
    """Draw a panel for each kind of list as PNG: believed mood scores by position, mean and standard deviation."""
    figure = Figure(figsize=(4.5 * len(panels), 4), layout="constrained")
    columns = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (name, lists) in zip(columns, panels.items(), strict=True):
        _plot_scores(axes, lists)
        axes.set(title=name, xlabel="position in the list", ylim=(0, 1))
    columns[0].set_ylabel("mood score of the song")
    figure.legend(*columns[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(MOODS))
    figure.suptitle(title)
    figure.savefig(path, dpi=100)


def plot_precision(path: Path, measured: Mapping[str, Sequence[PrecisionAt10]]) -> None:
    """Draw a panel for each truth as PNG: precision at 10 of each method with interval, and of its ten best songs."""
    figure = Figure(figsize=(4.5 * len(measured), 4), layout="constrained")
    columns = figure.subplots(1, len(measured), sharey=True, squeeze=False)[0]
    for axes, (title, rows) in zip(columns, measured.items(), strict=True):
        _plot_bars(axes, rows)
        axes.set(title=f"truth: {title}")
    columns[0].set_ylabel("precision at 10")
    columns[0].legend(loc="upper left")
    figure.savefig(path, dpi=100)


def _plot_scores(axes: Axes, lists: Lists) -> None:
    scores = scores_by_position(lists)
    mean, spread = scores.mean(axis=0), scores.std(axis=0)
    positions = np.arange(1, len(mean) + 1)
    for column, mood in enumerate(MOODS):
        middle, band = mean[:, column], spread[:, column]
        axes.plot(positions, middle, color=COLOURS[mood], marker="o", markersize=3, label=mood.value)
        axes.fill_between(positions, middle - band, middle + band, color=COLOURS[mood], alpha=0.15, linewidth=0)


def _plot_bars(axes: Axes, rows: Sequence[PrecisionAt10]) -> None:
    places, means = np.arange(len(rows)), np.array([row.mean for row in rows])
    low, high = np.array([row.interval for row in rows]).T
    axes.bar(places, means, color="tab:blue", label="lists as drawn, 95% interval")
    axes.errorbar(places, (low + high) / 2, (high - low) / 2, fmt="none", color="black", capsize=3)
    axes.plot(places, [row.best for row in rows], "D", color="tab:orange", label="the ten best songs")
    axes.set_xticks(places, [row.name for row in rows], rotation=30, ha="right")
    axes.set_ylim(0, 1)
