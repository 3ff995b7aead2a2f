"""The folder of finished parts. Each part has a Parquet file, and a marker file that says that it is finished."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lyrics_mood.score_batch import ScoreBatchError
from lyrics_mood.score_batch.parts import Part


@dataclass(frozen=True)
class FinishedPart:
    """Counts of a finished part: `songs` that were scored, and rows `skipped` because they have no words."""

    songs: int
    skipped: int


class OutputFolder:
    """A folder of finished parts. Processes may share it if no two write the same part."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def find(self, part: Part) -> FinishedPart | None:
        """Return the counts of a finished part, or None for an unfinished part.

        Raises ScoreBatchError if the folder has a part of this name with another key, which another run wrote.
        """
        try:
            marker = json.loads(self._marker(part).read_text("utf-8"))
        except FileNotFoundError:
            return None
        if marker.pop("key") != part.key:
            raise ScoreBatchError(
                f"{self.scores_file(part)} comes from other lyrics, another model or another version: "
                "choose an empty output folder"
            )
        return FinishedPart(**marker)

    def save(self, part: Part, scored: pa.Table) -> FinishedPart:
        """Write the Parquet file of a part, then its marker. A part without a marker is scored again."""
        counts = FinishedPart(len(scored), len(part.songs) - len(scored))
        temporary = self.path / f"{part.name}.tmp"
        pq.write_table(scored, temporary, compression="zstd")
        temporary.replace(self.scores_file(part))
        temporary.write_text(json.dumps({"key": part.key, **asdict(counts)}), "utf-8")
        temporary.replace(self._marker(part))
        return counts

    def scores_file(self, part: Part) -> Path:
        """Return the path of the Parquet file of a part."""
        return self.path / f"{part.name}.parquet"

    def _marker(self, part: Part) -> Path:
        return self.path / f"{part.name}.done"
