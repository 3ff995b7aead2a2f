"""The build of the catalogue: songs scored in bulk, joined with other facts, and written to the facts file."""

import gzip
from pathlib import Path

import pandas as pd

from lyrics_mood.reader import TRAINED_ON
from musicalface_common.vocabulary import MOODS
from musicalface_training.catalogue.joining import with_knowledge, with_people
from musicalface_training.catalogue.knowledge import Knowledge
from musicalface_training.catalogue.scoring import score_songs
from musicalface_training.catalogue.songs import read_songs
from recommender.catalogue.facts_file import HEADER


def build_catalogue(source: Path, output: Path, knowledge: Knowledge, model: str, work: Path, processes: int) -> int:
    """Score songs, add those that people told of, write the facts file, and return the number of songs.

    Raises DatasetError, ScoreBatchError, ModelError.
    """
    songs = read_songs(source, knowledge.artists.keys())
    said = score_songs(songs, model, work, processes)
    facts = songs.drop(columns="lyrics").merge(_readable(said), on="id", validate="1:1")
    facts = with_knowledge(with_people(facts, knowledge.told), knowledge)
    _write_facts(facts.sort_values("id"), output)
    return len(facts)


def _readable(said: pd.DataFrame) -> pd.DataFrame:
    """Return language, explicit and scores as text. Lyrics in a language that the model does not know have no scores.

    `explicit` is "1" for songs with strong words, "0" for English songs without, and "" for others: the list of words
    is English.
    """
    read = said.fillna({"language": ""})
    known = read["language"] == TRAINED_ON
    explicit = [
        "1" if strong else "0" if english else "" for strong, english in zip(read["explicit"], known, strict=True)
    ]
    scores = {mood.value: read[mood.value].map("{:.4f}".format).where(known, "") for mood in MOODS}
    return read[["id", "language"]].assign(explicit=explicit, **scores)


def _write_facts(facts: pd.DataFrame, path: Path) -> None:
    """Write gzipped CSV, the same bytes for the same facts; an existing file is replaced once the new one is whole."""
    text = facts.reindex(columns=HEADER).to_csv(index=False, lineterminator="\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_bytes(gzip.compress(text.encode(), mtime=0))
    temporary.replace(path)
