"""The build of the catalogue: songs scored in bulk, joined with other facts, and written to the facts file."""

import gzip
from pathlib import Path

import pandas as pd

from lyrics_mood.reader import TRAINING_LANGUAGE
from musicalface_common.vocabulary import MOODS
from musicalface_training.catalogue.joining import with_knowledge, with_people
from musicalface_training.catalogue.knowledge import Knowledge
from musicalface_training.catalogue.lastfm import find_artist
from musicalface_training.catalogue.marking import text_marks, with_marks
from musicalface_training.catalogue.merging import as_people_spell
from musicalface_training.catalogue.scoring import score_songs
from musicalface_training.catalogue.songs import read_songs
from musicalface_training.catalogue.texts.forms import borrowed_texts, is_lyrics
from recommender.catalogue.facts_file import HEADER


def build_catalogue(source: Path, output: Path, knowledge: Knowledge, model: str, work: Path, processes: int) -> int:
    """Score songs, add those that people told of, write the facts file, and return the number of songs.

    Raises DatasetError, ScoreBatchError, ModelError.
    """
    songs = read_songs(source, knowledge.artists.keys())
    said = _said(songs, score_songs(songs, model, work, processes))
    facts = with_people(songs.drop(columns="lyrics").merge(said, on="id", validate="1:1"), knowledge.told)
    facts = with_knowledge(as_people_spell(facts, knowledge.spellings), knowledge)
    facts = with_marks(facts, [find_artist(knowledge.artists, name) for name in facts["artist"]])
    _write_facts(facts.sort_values("id"), output)
    return len(facts)


def _said(songs: pd.DataFrame, scored: pd.DataFrame) -> pd.DataFrame:
    """Return what the lyrics of songs tell: language, explicit, mood scores, season and harm, all as text.

    Texts that are no lyrics, and lyrics in a language that the model does not know, tell nothing of these but the
    language. `explicit` is "1" for songs with strong words, "0" for English songs without: the list of words is
    English.
    """
    read = scored.fillna({"language": ""})
    english = read["language"] == TRAINING_LANGUAGE
    sung = english & pd.Series(_are_lyrics(songs), index=read.index)
    explicit = ["1" if strong else "0" if known else "" for strong, known in zip(read["explicit"], sung, strict=True)]
    scores = {mood.value: read[mood.value].map("{:.4f}".format).where(sung, "") for mood in MOODS}
    marks = text_marks(songs["id"], songs["lyrics"].where(sung.to_numpy(), ""))
    return read[["id", "language"]].assign(explicit=explicit, **scores).merge(marks, on="id", validate="1:1")


def _are_lyrics(songs: pd.DataFrame) -> list[bool]:
    borrowed = borrowed_texts(songs["title"].tolist(), songs["artist"].tolist(), songs["lyrics"].tolist())
    return [not other and is_lyrics(text) for text, other in zip(songs["lyrics"], borrowed, strict=True)]


def _write_facts(facts: pd.DataFrame, path: Path) -> None:
    """Write gzipped CSV, the same bytes for the same facts; an existing file is replaced once the new one is whole."""
    text = facts.reindex(columns=HEADER).to_csv(index=False, lineterminator="\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_bytes(gzip.compress(text.encode(), mtime=0))
    temporary.replace(path)
