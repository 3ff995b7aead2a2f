"""The comparison's page in training/reports/, with its pictures."""

import re
from collections.abc import Sequence
from pathlib import Path

from musicalface_training.face.data.evaluation_set import LabelledFaces, describe
from musicalface_training.face.evaluation.comparison import Row, f1_by_emotion, header
from musicalface_training.report import markdown_table, plot_confusion, plot_reliability

NAME = "face-evaluation"
MAIN = "FER2013 PrivateTest"

PAGE = """# Faces: classifiers side by side

{title}: {faces} faces, {counted} of which count.{skipped}

{figures}

- FER2013: accuracy over all faces by FER2013's own seven labels, contempt folded into disgust.
- FERPlus (of another set: emotion), macro F1, ECE and what stands below: the faces that count, over {emotions}
  emotions. Of FER2013, those that FERPlus' authors count: single votes dropped, more than half of the rest agree on one
  of eight emotions. A classifier of seven never answers contempt.
- mood: the same faces, both sides mapped to four moods; the classifier's is that of the strongest of its seven
  emotions, contempt folded into disgust.
- ECE: 15 equal bins of the top score. KL: nats from the annotators' votes to the scores; of 7 with contempt folded into
  disgust on both sides, so that all can be compared.
- KB and parameters are the file's, and shared by the heads of one file. ms: one crop, preprocessing included, under
  ONNX Runtime on one thread of the machine that wrote this page, the median of many.

    musicalface_training face evaluate {source}

## F1 by emotion

{classes}

## How far the scores can be taken at their word

![Reliability diagrams]({slug}-reliability.png)

## What is taken for what

{confusions}
"""


def write_page(folder: Path, faces: LabelledFaces, rows: Sequence[Row]) -> Path:
    """Write the page and its pictures; return the page's path. Every set of faces has a page of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    slug = NAME if faces.title == MAIN else f"{NAME}-{_slug(faces.title)}"
    for row in rows:
        emotion = row.measured.emotion
        title = f"{row.candidate.name}, {faces.title}"
        plot_confusion(folder / _confusion(slug, row), emotion.truth, emotion.predicted, emotion.names, title)
    diagrams = {row.candidate.name: row.measured.reliability for row in rows}
    plot_reliability(folder / f"{slug}-reliability.png", diagrams, faces.title)
    page = folder / f"{slug}.md"
    page.write_text(_page(slug, faces, rows), "utf-8")
    return page


def _page(slug: str, faces: LabelledFaces, rows: Sequence[Row]) -> str:
    names = [row.candidate.name for row in rows]
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
        confusions="\n\n".join(f"![{row.candidate.name}]({_confusion(slug, row)})" for row in rows),
    )


def _confusion(slug: str, row: Row) -> str:
    return f"{slug}-{_slug(row.candidate.name)}-confusion.png"


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")
