"""The build of the catalogue: songs scored in bulk, joined with other facts, and written to the facts file."""

import gzip
from collections import Counter
from pathlib import Path

import pandas as pd

from musicalface_training.catalogue.genres import fill_genres
from musicalface_training.catalogue.knowledge import Knowledge
from musicalface_training.catalogue.lastfm import find_artist
from musicalface_training.catalogue.scoring import score_songs
from musicalface_training.catalogue.songs import read_songs
from recommender.catalogue.facts_file import HEADER


def build_catalogue(source: Path, output: Path, knowledge: Knowledge, model: str, work: Path, processes: int) -> int:
    """Score the songs of a CSV file, write the facts file, and return the number of songs.

    Raises DatasetError, ScoreBatchError, ModelError.
    """
    songs = read_songs(source, knowledge.artists.keys())
    said = score_songs(songs, model, work, processes)
    said["explicit"] = _explicit(said)
    facts = songs.drop(columns="lyrics").merge(said.fillna({"language": ""}), on="id", validate="1:1")
    _write_facts(_with_knowledge(facts, knowledge), output)
    return len(facts)


def _explicit(said: pd.DataFrame) -> list[str]:
    """Return "1" for songs with strong words, "0" for English songs without, "" for others: the list is English."""
    english = said["language"] == "en"
    return ["1" if strong else "0" if read else "" for strong, read in zip(said["explicit"], english, strict=True)]


def _with_knowledge(facts: pd.DataFrame, knowledge: Knowledge) -> pd.DataFrame:
    artists = [find_artist(knowledge.artists, name) for name in facts["artist"]]
    return facts.assign(
        tag_mood=[knowledge.tag_moods.get(song, "") for song in facts["id"]],
        listeners=[str(len(artist.listeners)) if artist and artist.listeners else "" for artist in artists],
        genre=fill_genres(facts["genre"].tolist(), [artist.tags if artist else Counter() for artist in artists]),
    )


def _write_facts(facts: pd.DataFrame, path: Path) -> None:
    """Write gzipped CSV, the same bytes for the same facts; an existing file is replaced once the new one is whole."""
    text = facts.to_csv(columns=HEADER, index=False, float_format="%.4f", lineterminator="\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_bytes(gzip.compress(text.encode(), mtime=0))
    temporary.replace(path)
