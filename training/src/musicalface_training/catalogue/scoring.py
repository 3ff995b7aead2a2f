"""Mood scores, language and explicit flag of the catalogue's songs, by the engine of `score-batch`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lyrics_mood.score_batch.local_runner import LocalRunner
from lyrics_mood.score_batch.output_folder import OutputFolder
from lyrics_mood.score_batch.parts import Part, digest
from lyrics_mood.score_batch.progress import show_progress
from lyrics_mood.score_batch.scoring import scoring_version

# Small parts: a killed build loses little, and all cores finish at about the same time.
ROWS = 250


@dataclass(frozen=True)
class TableSource:
    """A table of id and lyrics, in parts of 250 rows; `key` stands for its content and the scoring model."""

    songs: pd.DataFrame
    key: str

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the table."""
        for number, start in enumerate(range(0, len(self.songs), ROWS)):
            rows = self.songs.iloc[start : start + ROWS]
            yield Part(f"{number:05d}", self.key, pa.Table.from_pandas(rows, preserve_index=False))


def score_songs(songs: pd.DataFrame, model: str, work: Path, processes: int) -> pd.DataFrame:
    """Return id, mood scores, language and explicit of songs with id and lyrics, in the same order.

    Finished parts are saved in a folder of `work` that is named after the songs and the model: a stopped run resumes
    there, and another run uses another folder. Raises ScoreBatchError, ModelError.
    """
    source = TableSource(songs[["id", "lyrics"]], digest(scoring_version(model), *songs["id"], *songs["lyrics"]))
    output = OutputFolder(work / source.key[:12])
    parts = list(source.parts())
    todo = sum(len(part.songs) for part in parts if not output.find(part))
    show_progress(LocalRunner(model, output.path, processes).run([source]), processes, todo)
    return pd.concat([pq.read_table(output.scores_file(part)).to_pandas() for part in parts], ignore_index=True)
