"""The rows of an edition, made from its songs, and songs from rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table

from musicalface_common.vocabulary import Mood
from recommender.adapters.tables import KEY_LENGTH, occurrences, tracks, trigrams, words
from recommender.domain.matching import trigrams as trigrams_of
from recommender.domain.matching import words as words_of
from recommender.domain.text import artist_key, normalise
from recommender.domain.track import Scores, Track

Rows = Iterable[dict[str, Any]]


def edition_rows(songs: Sequence[Track]) -> Mapping[Table, Rows]:
    """Return the rows of each table, in the order of its key, which is what fills tables fast."""
    holders = _holders(songs)
    known = sorted(holders)
    runs = sorted((run, number) for number, word in enumerate(known) for run in trigrams_of(word))
    return {
        tracks: map(_song_row, songs),
        words: ({"number": number, "word": word, "songs": len(holders[word])} for number, word in enumerate(known)),
        trigrams: ({"trigram": run, "word": number} for run, number in runs),
        occurrences: _occurrence_rows(known, holders),
    }


def song_number(song: Track) -> int:
    """Return a song's id as a number."""
    return int(song.id, 16)


def _holders(songs: Sequence[Track]) -> Mapping[str, list[int]]:
    """Return the songs that hold each word."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for song in songs:
        for word in words_of(f"{song.artist} {song.title}"):
            holders[word].append(song_number(song))
    return holders


def _occurrence_rows(known: Sequence[str], holders: Mapping[str, list[int]]) -> Iterator[dict[str, int]]:
    for number, word in enumerate(known):
        for track in sorted(holders[word]):
            yield {"word": number, "track": track}


def fact_row(song: Track) -> dict[str, Any]:
    """Return the facts of a song as the columns that every table of songs has."""
    return {
        "number": song_number(song),
        "artist": song.artist,
        "title": song.title,
        "year": song.year,
        "genre": song.genre,
        "language": song.language,
        "explicit": song.explicit,
        "spotify_id": song.spotify_id,
        "tag_mood": song.tag_mood,
        "listeners": song.listeners,
        **song.scores._asdict(),
    }


def song_of(row: Row[Any]) -> Track:
    """Return the song whose facts a row holds."""
    return Track(
        f"{row.number:012x}",
        row.artist,
        row.title,
        row.year,
        row.genre,
        row.language,
        row.explicit,
        row.spotify_id,
        Mood(row.tag_mood) if row.tag_mood else None,
        row.listeners,
        Scores(row.angry, row.sad, row.happy, row.relaxed),
    )


def _song_row(song: Track) -> dict[str, Any]:
    believed = song.believed
    return {
        **fact_row(song),
        "mood": believed.mood,
        "strength": max(believed),
        "artist_key": artist_key(song.artist)[:KEY_LENGTH],
        "genre_key": normalise(song.genre or "")[:KEY_LENGTH] or None,
    }
