"""Marks against judgements by hand. A judgement is the id of a song and a verdict; no text is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from musicalface_training.catalogue.texts.forms import borrowed_texts, is_lyrics
from musicalface_training.catalogue.texts.harm import harm_in
from musicalface_training.tables import read_table
from recommender.domain.marks import harm_of

TEXTS = "texts.csv"
HARM = "harm.csv"


@dataclass(frozen=True)
class Tally:
    """Judged songs by whether a mark was found, and whether it should have been."""

    hits: int
    false_alarms: int
    misses: int
    rejections: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.misses)


def judge_forms(songs: pd.DataFrame, folder: Path) -> Tally:
    """Judge the forms by which texts are found that are lists, pages, cards or stories."""
    marked = {song: not is_lyrics(text) for song, text in zip(songs["id"], songs["lyrics"], strict=True)}
    return _tally(folder / TEXTS, "verdict", marked.get, lambda verdict: verdict == "list")


def judge_borrowed(songs: pd.DataFrame, folder: Path) -> Tally:
    """Judge how texts are found that belong to another song, or to another recording of a wordless one."""
    columns = (songs[name].tolist() for name in ("title", "artist", "lyrics"))
    marked = dict(zip(songs["id"], borrowed_texts(*columns), strict=True))
    return _tally(folder / TEXTS, "verdict", marked.get, lambda verdict: verdict == "other")


def judge_harm(songs: pd.DataFrame, folder: Path) -> Mapping[str, Tally]:
    """Judge the harm found in titles and English lyrics, by how the songs were chosen."""
    texts = dict(zip(songs["id"], zip(songs["title"], songs["lyrics"], strict=True), strict=True))

    def marked(song: str) -> bool:
        title, text = texts.get(song, ("", ""))
        return bool(harm_of(title) or harm_in(text))

    strata = sorted(set(read_table(folder / HARM, {"id": ("id",)})["stratum"]))
    return {stratum: _tally(folder / HARM, "harm", marked, bool, stratum) for stratum in strata}


def _tally(
    path: Path,
    column: str,
    marked: Callable[[str], bool | None],
    wanted: Callable[[str], bool],
    stratum: str | None = None,
) -> Tally:
    table = read_table(path, {name: (name,) for name in ("id", "stratum", column)})
    kept = table if stratum is None else table[table["stratum"] == stratum]
    pairs = [(bool(marked(song)), wanted(verdict)) for song, verdict in zip(kept["id"], kept[column], strict=True)]
    return Tally(*(pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))))
