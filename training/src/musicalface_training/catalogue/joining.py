"""Joins the songs that have lyrics with the songs of which people told, and adds other sources' facts."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from musicalface_common.vocabulary import MOODS
from musicalface_training.catalogue.charts import Charted, chart_keys
from musicalface_training.catalogue.cleaning import clean_artist, clean_title
from musicalface_training.catalogue.genres import song_genres
from musicalface_training.catalogue.knowledge import Knowledge
from musicalface_training.catalogue.lastfm import find_artist
from musicalface_training.catalogue.people.votes import Told
from recommender.domain.facts import join_names
from recommender.domain.same_song import song_key
from recommender.domain.track import song_id

PEOPLE = [f"people_{mood}" for mood in MOODS]


def with_people(songs: pd.DataFrame, told: Mapping[str, Told]) -> pd.DataFrame:
    """Return the songs with what people said of them, and after them the songs that only people told of."""
    found = _found(songs, told)
    known = {id(song) for song in found if song}
    others = [song for song in told.values() if id(song) not in known]
    artists = [clean_artist(song.artist) for song in others]
    titles = [clean_title(song.title) for song in others]
    ids = list(map(song_id, artists, titles))
    new = pd.DataFrame({"id": ids, "artist": artists, "title": titles}).drop_duplicates("id")
    new = new[~new["id"].isin(songs["id"])]
    joined = pd.concat([songs, new], ignore_index=True).fillna("")
    return joined.assign(**_columns([*found, *(others[row] for row in new.index)]))


def with_knowledge(songs: pd.DataFrame, knowledge: Knowledge) -> pd.DataFrame:
    """Return the songs with their artists' listeners, genres, charts, Spotify ids and years."""
    artists = [find_artist(knowledge.artists, name) for name in songs["artist"]]
    tags = [artist.tags if artist else Counter[str]() for artist in artists]
    genres = song_genres(songs["genre"].tolist(), songs["language"].tolist(), tags)
    keys = [list(chart_keys(*names)) for names in zip(songs["artist"], songs["title"], strict=True)]
    charts = [next((knowledge.charts[key] for key in tried if key in knowledge.charts), None) for tried in keys]
    ids = [next((knowledge.spotify_ids[key] for key in tried if key in knowledge.spotify_ids), "") for tried in keys]
    return songs.assign(
        listeners=[str(len(artist.listeners)) if artist and artist.listeners else "" for artist in artists],
        genres=[join_names(found) for found in genres],
        chart_peak=[str(chart.peak) if chart else "" for chart in charts],
        chart_weeks=[str(chart.weeks) if chart else "" for chart in charts],
        spotify_id=[own or other for own, other in zip(songs["spotify_id"], ids, strict=True)],
        year=[_year(own, chart) for own, chart in zip(songs["year"], charts, strict=True)],
    )


def _found(songs: pd.DataFrame, told: Mapping[str, Told]) -> list[Told | None]:
    by_key = {song_key(song.artist, song.title): song for song in told.values()}
    rows = zip(songs["id"], songs["artist"], songs["title"], strict=True)
    return [told.get(number) or by_key.get(song_key(*names)) for number, *names in rows]


def _columns(found: Sequence[Told | None]) -> dict[str, list[str]]:
    shares = np.array([song.shares if song else [np.nan] * len(MOODS) for song in found])
    written = ["" if np.isnan(row[0]) else [f"{share:.4f}" for share in row] for row in shares]
    scores = {name: [row[mood] if row else "" for row in written] for mood, name in enumerate(PEOPLE)}
    return scores | {
        "votes": [str(max(1, round(song.total))) if song else "" for song in found],
        "deezer_id": [song.deezer_id if song else "" for song in found],
        "tag_mood": [song.mood or "" if song else "" for song in found],
    }


def _year(year: str, chart: Charted | None) -> str:
    """A year after the song was in the charts is that of a new edition."""
    return str(chart.year) if chart and (not year or int(year) > chart.year) else year
