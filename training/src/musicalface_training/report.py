"""Reports: pages and tables in Markdown, plots in PNG."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.metrics import confusion_matrix

from musicalface_training.arrays import Labels
from musicalface_training.calibration import BINS, Reliability
from musicalface_training.loop import METRIC, Epoch, best_epoch


def write_page(folder: Path, name: str, text: str) -> Path:
    """Write NAME.md into a folder, which is created if missing; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{name}.md"
    page.write_text(text, "utf-8")
    return page


def plot_confusion(path: Path, truth: Labels, predicted: Labels, names: Sequence[str], title: str) -> None:
    """Draw a confusion matrix as PNG, one row per true label: counts, coloured by their share of the row."""
    matrix = confusion_matrix(truth, predicted, labels=range(len(names)))
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(1.5 + 0.8 * len(names), 1 + 0.8 * len(names)), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(matrix):
        ink = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, str(count), ha="center", va="center", color=ink)
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="predicted", ylabel="true", title=title)
    figure.savefig(path, dpi=100)


def plot_curves(
    path: Path,
    history: Sequence[Epoch],
    title: str,
    measures: Sequence[str] = ("loss", "accuracy"),
    metric: str = METRIC,
) -> None:
    """Draw training and validation measures by epoch as PNG; a line marks the kept epoch, the best by `metric`."""
    figure = Figure(figsize=(4.5 * len(measures), 4), layout="constrained")
    epochs = range(1, len(history) + 1)
    for axes, measure in zip(figure.subplots(1, len(measures)), measures, strict=True):
        axes.plot(epochs, [epoch[measure] for epoch in history], label="training")
        axes.plot(epochs, [epoch[f"val_{measure}"] for epoch in history], label="validation")
        axes.axvline(best_epoch(list(history), metric) + 1, color="grey", linestyle=":", label="kept")
        axes.set(xlabel="epoch", ylabel=measure)
        axes.legend()
    figure.suptitle(title)
    figure.savefig(path, dpi=100)


def plot_reliability(path: Path, diagrams: Mapping[str, Reliability], title: str) -> None:
    """Draw reliability diagrams side by side as PNG: the share of right answers by top score."""
    figure = Figure(figsize=(3.2 * len(diagrams), 3.8), layout="constrained")
    edges = np.arange(BINS) / BINS
    columns = figure.subplots(1, len(diagrams), sharey=True, squeeze=False)[0]
    for axes, (name, diagram) in zip(columns, diagrams.items(), strict=True):
        axes.bar(edges, diagram.accuracy, 1 / BINS, align="edge", edgecolor="white", label="right")
        axes.plot([0, 1], [0, 1], color="grey", linestyle=":", label="taken at its word")
        axes.plot(edges + 0.5 / BINS, diagram.counts / diagram.counts.sum(), color="black", label="share of answers")
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="top score", title=f"{name}\nECE {diagram.error:.3f}")
    columns[0].legend(loc="upper left", fontsize="small")
    figure.suptitle(title)
    figure.savefig(path, dpi=100)


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table of rows under a header."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
