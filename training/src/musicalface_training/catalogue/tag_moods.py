"""Moods that people tagged: quadrants of valence and arousal in Deezer's set (Delbouys et al. 2018)."""

from pathlib import Path

from musicalface_common.vocabulary import Mood
from musicalface_training.errors import DatasetError
from musicalface_training.tables import find_table, read_table
from recommender.domain.track import song_id

FOLDER = "lyrics"
DEEZER = "deezer_valence_arousal.csv"
COLUMNS = {"artist": ("artist",), "title": ("title",), "valence": ("valence",), "arousal": ("arousal",)}

# Songs closer to an axis than this have no clear mood: of 80 such songs that NJU-MusicMood or a mood's playlist also
# has, 25 have the same mood there; of 161 other songs, 109.
CLEAR = 0.25


def load_tag_moods(data: Path) -> dict[str, Mood]:
    """Read `data/lyrics/deezer_valence_arousal.csv`: the clear moods, by song id. Raises DatasetError."""
    path = find_table(data, FOLDER, DEEZER)
    table = read_table(path, COLUMNS)
    try:
        places = list(zip(map(float, table["valence"]), map(float, table["arousal"]), strict=True))
    except ValueError as error:
        raise DatasetError(f"{path} has a valence or arousal that is no number: {error}") from error
    names = zip(table["artist"], table["title"], strict=True)
    moods = {song_id(*name): quadrant(*place) for name, place in zip(names, places, strict=True)}
    return {song: mood for song, mood in moods.items() if mood}


def quadrant(valence: float, arousal: float) -> Mood | None:
    """Return the mood of a quadrant around (0, 0), as the set's own labels have it; None near an axis."""
    if min(abs(valence), abs(arousal)) < CLEAR:
        return None
    if valence > 0:
        return Mood.HAPPY if arousal > 0 else Mood.RELAXED
    return Mood.ANGRY if arousal > 0 else Mood.SAD
