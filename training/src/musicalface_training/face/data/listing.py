"""The files and labels of photo sets on disk: one folder per emotion (as CK+48), RAF-DB, or a CSV of file,label."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from musicalface_common.vocabulary import Emotion
from musicalface_training.errors import DatasetError
from musicalface_training.tables import read_table

NAMES: Mapping[Emotion, tuple[str, ...]] = {
    Emotion.ANGRY: ("angry", "anger"),
    Emotion.DISGUST: ("disgust", "disgusted"),
    Emotion.FEAR: ("fear", "fearful", "afraid", "scared"),
    Emotion.HAPPY: ("happy", "happiness", "joy"),
    Emotion.SAD: ("sad", "sadness"),
    Emotion.SURPRISE: ("surprise", "surprised"),
    Emotion.NEUTRAL: ("neutral", "neutrality"),
    Emotion.CONTEMPT: ("contempt", "contemptuous"),
}
EMOTION_OF = {name: emotion for emotion, names in NAMES.items() for name in names}
# The numbers of RAF-DB's folders and labels (Li et al. 2017).
RAF_DB = dict(
    zip(
        "1234567",
        (
            Emotion.SURPRISE,
            Emotion.FEAR,
            Emotion.DISGUST,
            Emotion.HAPPY,
            Emotion.SAD,
            Emotion.ANGRY,
            Emotion.NEUTRAL,
        ),
        strict=True,
    )
)
RAF_DB_LIST = "list_patition_label.txt"
NO_CONTENT = ("__MACOSX",)
SHOWN = 3


class Photo(NamedTuple):
    """The file of a picture, and the emotion that it is labelled with."""

    path: Path
    emotion: Emotion


def list_photos(source: Path) -> list[Photo]:
    """List the photos of a set: a CSV file of `file,label`, RAF-DB, or a folder with one folder per emotion.

    Lists the test photos only if the set has train/ and test/ folders or is RAF-DB. Raises DatasetError that names
    the file or folder and its fault.
    """
    if source.is_file():
        return _from_csv(source)
    if not source.is_dir():
        raise DatasetError(f"{source} is neither a folder nor a CSV file")
    for folder in (source, source / "EmoLabel"):
        if (folder / RAF_DB_LIST).is_file():
            return _from_raf_db(source, folder / RAF_DB_LIST)
    return _from_folders(source / "test" if (source / "test").is_dir() else source)


def _from_folders(folder: Path) -> list[Photo]:
    known = {**EMOTION_OF, **RAF_DB}
    folders = [path for path in _content(folder) if path.is_dir()]
    if not folders:
        raise DatasetError(f"{folder} has no folders of emotions: {', '.join(EMOTION_OF)}")
    _refuse_unknown((path.name for path in folders), known, f"{folder} has folders")
    photos = {path: [file for file in _content(path, "**/*") if file.is_file()] for path in folders}
    empty = [path.name for path, files in photos.items() if not files]
    if empty:
        raise DatasetError(f"{folder} has folders without a picture: {', '.join(empty)}; fill or remove them")
    return [Photo(file, known[path.name.lower()]) for path, files in photos.items() for file in files]


def _content(folder: Path, pattern: str = "*") -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.name[0] != "." and path.name not in NO_CONTENT)


def _from_csv(path: Path) -> list[Photo]:
    table = read_table(path, {"file": ("file",), "label": ("label",)})
    labels = table["label"].str.strip()
    _refuse_unknown(labels, EMOTION_OF, f"{path} has labels")
    photos = [
        Photo(path.parent / file.strip(), EMOTION_OF[label.lower()])
        for file, label in zip(table["file"], labels, strict=True)
    ]
    return _require_files(photos, path)


def _from_raf_db(source: Path, listing: Path) -> list[Photo]:
    photos = []
    for number, line in enumerate(listing.read_text("utf-8", "replace").splitlines(), 1):
        name, label = [*line.split(), "", ""][:2]
        if name.startswith("test") and label not in RAF_DB:
            raise DatasetError(f"{listing}, line {number}: not a picture and a label from 1 to 7")
        if name.startswith("test"):
            photos.append(Photo(_raf_db_picture(source, name), RAF_DB[label]))
    if not photos:
        raise DatasetError(f"{listing} names no test pictures")
    return _require_files(photos, listing)


def _raf_db_picture(source: Path, name: str) -> Path:
    original = source / "Image" / "original" / name
    aligned = source / "Image" / "aligned" / f"{Path(name).stem}_aligned{Path(name).suffix}"
    return original if original.is_file() else aligned


def _refuse_unknown(names: Iterable[str], known: Iterable[str], what: str) -> None:
    unknown = sorted({name for name in names if name.lower() not in known})
    if unknown:
        raise DatasetError(f"{what} that name no emotion: {_few(unknown)}; known are {', '.join(known)}")


def _require_files(photos: list[Photo], listing: Path) -> list[Photo]:
    missing = [str(photo.path) for photo in photos if not photo.path.is_file()]
    if missing:
        raise DatasetError(f"{listing} names {len(missing)} of {len(photos)} files that are not there: {_few(missing)}")
    return photos


def _few(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(map(repr, names[:SHOWN])) + (f" and {more} more" if more > 0 else "")
