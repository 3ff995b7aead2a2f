"""Classify songs in bulk and write what is known of them."""

from collections import Counter
from pathlib import Path

import pandas as pd

from musicalface_training.catalogue.facts import write_facts
from musicalface_training.catalogue.genres import fill_genres
from musicalface_training.catalogue.knowledge import Knowledge
from musicalface_training.catalogue.lastfm import find_artist
from musicalface_training.catalogue.scoring import score_songs
from musicalface_training.catalogue.songs import read_songs


def build_catalogue(source: Path, output: Path, knowledge: Knowledge, model: str, work: Path, processes: int) -> int:
    """Classify the songs of a CSV file, write the facts file, return the number of songs.

    Raises DatasetError, ScoreBatchError, ModelError.
    """
    songs = read_songs(source, knowledge.artists.keys())
    said = score_songs(songs, model, work, processes)
    said["explicit"] = _explicit(said)
    facts = songs.drop(columns="lyrics").merge(said.fillna({"language": ""}), on="id", validate="1:1")
    write_facts(_with_knowledge(facts, knowledge), output)
    return len(facts)


def _explicit(said: pd.DataFrame) -> list[str]:
    """Say "0" only of English: the list of strong words holds no others."""
    english = said["language"] == "en"
    return ["1" if strong else "0" if read else "" for strong, read in zip(said["explicit"], english, strict=True)]


def _with_knowledge(facts: pd.DataFrame, knowledge: Knowledge) -> pd.DataFrame:
    artists = [find_artist(knowledge.artists, name) for name in facts["artist"]]
    return facts.assign(
        tag_mood=[knowledge.tag_moods.get(song, "") for song in facts["id"]],
        listeners=[str(len(artist.listeners)) if artist and artist.listeners else "" for artist in artists],
        genre=fill_genres(facts["genre"].tolist(), [artist.tags if artist else Counter() for artist in artists]),
    )
