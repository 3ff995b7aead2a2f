"""Finds new songs in a folder of CSV files.

Columns are found by name, in any order: artist, title, and mood or the four scores (angry, sad, happy, relaxed) are
required; year, genre, language, explicit (1 or 0) and spotify_id are optional. Other columns are ignored.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from musicalface_common.vocabulary import MOODS
from recommender.catalogue.added_songs import AddedSong
from recommender.domain.scores import Scores
from recommender.domain.track import Track
from recommender.refresh.new_songs import NewSongs, new_song

REQUIRED = ("artist", "title")
# Columns whose text is taken unchanged.
UNCHANGED = (*REQUIRED, "year", "explicit", "spotify_id")
# As in the facts file.
DECIMALS = 4
NO_SCORES = "the scores are not four numbers from 0 to 1 with at least one above 0"

Row = tuple[int, list[str]]


def read_folder(folder: Path) -> NewSongs:
    """Read all CSV files of a folder, sorted by name. A faulty row or file is left out and listed in `problems`."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    except OSError as error:
        return NewSongs({}, [f"{folder} cannot be read: {error.strerror}"], readable=False)
    found = NewSongs({}, [])
    for path in paths:
        try:
            _read_file(path, found)
        except OSError as error:
            found.problems.append(f"{path.name} cannot be read: {error.strerror}")
        except ValueError as error:
            found.problems.append(f"{path.name}: {error}")
    return found


def _read_file(path: Path, found: NewSongs) -> None:
    rows = _rows(path, found.problems)
    header = _header(next(rows, (1, []))[1])
    for line, values in rows:
        try:
            song = _song(_named(header, values))
            if song.id in found.songs:
                raise ValueError(f"the song is in {found.songs[song.id].source} already")
            found.songs[song.id] = AddedSong(song, path.name)
        except ValueError as error:
            found.problems.append(f"{path.name}:{line}: {error}")


def _rows(path: Path, problems: list[str]) -> Iterator[Row]:
    """Yield the non-empty rows, each with the number of its first line. Raises OSError, ValueError."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            values = [value.strip() for value in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"{path.name}:{line}: {error}")
        else:
            if any(values):
                yield line, values


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None


def _header(values: Sequence[str]) -> Sequence[str]:
    names = [value.lower() for value in values]
    if missing := [name for name in REQUIRED if name not in names]:
        hint = " (commas, not semicolons?)" if any(";" in name for name in names) else ""
        raise ValueError(f"it has no column {' and no '.join(missing)}{hint}")
    if "mood" not in names and not set(MOODS) <= set(names):
        raise ValueError("it has neither a column mood nor the four scores")
    if len(set(names)) < len(names):
        raise ValueError("it has two columns of one name")
    return names


def _named(header: Sequence[str], values: Sequence[str]) -> Mapping[str, str]:
    if len(values) != len(header):
        raise ValueError(f"it has {len(values)} values, not {len(header)}")
    return dict(zip(header, values, strict=True))


def _song(facts: Mapping[str, str]) -> Track:
    known = {name: facts[name] for name in UNCHANGED if name in facts}
    other = {
        "tag_mood": facts.get("mood", "").lower(),
        "language": facts.get("language", "").casefold(),
        "genres": facts.get("genre", ""),
    }
    return new_song(known | other | _scores(facts))


def _scores(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the four scores as shares that sum to 1, or {} if the row has only a mood. Raises ValueError."""
    given = [facts.get(mood, "") for mood in MOODS]
    if not any(given):
        if not facts.get("mood"):
            raise ValueError("it has neither a mood nor the four scores")
        return {}
    try:
        scores = Scores(*map(float, given))
    except ValueError:
        raise ValueError(NO_SCORES) from None
    if not all(0 <= score <= 1 for score in scores) or not any(scores):
        raise ValueError(NO_SCORES)
    return {mood: f"{share:.{DECIMALS}f}" for mood, share in zip(MOODS, scores.shares(), strict=True)}
