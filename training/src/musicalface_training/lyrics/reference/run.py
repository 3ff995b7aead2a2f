"""The reference lyrics network from data to report: train, cross-validate, publish, report."""

from pathlib import Path

from musicalface_training.lyrics.data.songs import MOODYLYRICS, load_songs
from musicalface_training.lyrics.data.splits import artist_folds, random_split
from musicalface_training.lyrics.reference.measures import measure_tagged, metrics
from musicalface_training.lyrics.reference.page import Published, write_report
from musicalface_training.lyrics.reference.publish import publish
from musicalface_training.lyrics.reference.train import SCHEDULE, train_on

DATA = (
    f"{MOODYLYRICS} (MoodyLyrics, Çano & Morisio 2017), without twins; random 80/20, an eighth of the 80 for validation"
)


def train_reference(data: Path, run_folder: Path, model_folder: Path, reports: Path) -> Path:
    """Train on the 80/20 split and on five folds, publish the network of the split, and report all; return the path.

    Raises DatasetError, and ExportError if the exported network differs from the trained one.
    """
    songs = load_songs(data)
    split = random_split(songs, SCHEDULE.seed)
    outcome = train_on(songs, split, run_folder / "split")
    folds = [
        train_on(songs, fold, run_folder / f"fold-{number}")
        for number, fold in enumerate(artist_folds(songs, SCHEDULE.seed), 1)
    ]
    tagged = measure_tagged(outcome, data, songs)
    facts = {"data": DATA, "metrics": metrics(outcome, folds, tagged)}
    parity = publish(outcome, songs.take(split.test).texts, run_folder, model_folder, facts)
    return write_report(Published(songs, split, outcome, folds, tagged, parity), reports)
