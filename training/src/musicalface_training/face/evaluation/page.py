"""The report on a comparison of classifiers, with its plots."""

import re
from collections.abc import Sequence
from pathlib import Path

from musicalface_training.face.data.evaluation_set import EvaluationSet, describe
from musicalface_training.face.evaluation.comparison import Row, f1_by_emotion, header
from musicalface_training.report import markdown_table, plot_reliability, write_page

NAME = "face-evaluation"
MAIN = "FER2013 PrivateTest"

PAGE = """# Faces: classifiers side by side

{title}: {faces} faces, {counted} count.{skipped}

{figures}

- FER2013: accuracy on all faces by FER2013's own seven labels; contempt counts as disgust.
- FERPlus (for another set: emotion), macro F1, ECE, and the tables and plots below: the faces that count, over
  {emotions} emotions. A face of FER2013 counts if one of eight emotions has more than half of its votes, single votes
  removed: the protocol of FERPlus' authors. A classifier of seven emotions never predicts contempt.
- mood: accuracy on the same faces, truth and prediction both mapped to four moods. The predicted mood is the mood of
  the strongest of seven emotions; contempt counts as disgust.
- ECE: expected calibration error, 15 equal bins of the top score. KL: Kullback-Leibler divergence D(votes ‖ scores)
  from the annotators' votes, in nats. KL of 7 adds contempt to disgust in both, so that all classifiers compare.
- KB and parameters: of the file, which two models may share. ms: the median time of one crop, preprocessing included,
  under ONNX Runtime on one thread of the machine that wrote this page.

    musicalface_training face evaluate {source}

## F1 by emotion

{classes}

## Calibration

![Reliability diagrams]({slug}-reliability.png)

## Confusion matrices

{confusions}
"""


def write_comparison(folder: Path, faces: EvaluationSet, rows: Sequence[Row]) -> Path:
    """Write the page and its plots; return the page's path. Every set of faces has its own page."""
    slug = NAME if faces.title == MAIN else f"{NAME}-{_slug(faces.title)}"
    page = write_page(folder, slug, _page(slug, faces, rows))
    for row in rows:
        row.measured.emotion.plot(folder / _confusion(slug, row), f"{row.classifier.name}, {faces.title}")
    diagrams = {row.classifier.name: row.measured.reliability for row in rows}
    plot_reliability(folder / f"{slug}-reliability.png", diagrams, faces.title)
    return page


def _page(slug: str, faces: EvaluationSet, rows: Sequence[Row]) -> str:
    names = [row.classifier.name for row in rows]
    return PAGE.format(
        title=faces.title,
        faces=len(faces),
        counted=int(faces.counts.sum()),
        skipped=f" Skipped: {describe(faces.skipped)}." if faces.skipped else "",
        figures=markdown_table(header(faces), [row.cells() for row in rows]),
        emotions=len(faces.emotions),
        source=faces.source,
        classes=markdown_table(("emotion", "faces", *names), f1_by_emotion(rows)),
        slug=slug,
        confusions="\n\n".join(f"![{row.classifier.name}]({_confusion(slug, row)})" for row in rows),
    )


def _confusion(slug: str, row: Row) -> str:
    return f"{slug}-{_slug(row.classifier.name)}-confusion.png"


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")
