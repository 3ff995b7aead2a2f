"""Finished parts on disk: a Parquet file each, and a done-marker beside it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lyrics_mood.score_batch.errors import ShardError
from lyrics_mood.score_batch.parts import Part


@dataclass(frozen=True)
class Done:
    """What became of a part: songs scored, and rows left out because they have no words."""

    songs: int
    skipped: int


class Store:
    """A folder of finished parts. Processes may share one, as long as each writes parts of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def done(self, part: Part) -> Done | None:
        """Tell what became of a part, None where it is still to do. Raises ShardError where it is of another run."""
        try:
            marker = json.loads(self._marker(part.name).read_text("utf-8"))
        except FileNotFoundError:
            return None
        if marker.pop("key") != part.key:
            raise ShardError(
                f"{self.path(part.name)} was made of other lyrics, by another model or another version: "
                "choose an empty output folder"
            )
        return Done(**marker)

    def save(self, part: Part, scored: pa.Table) -> Done:
        """Write a part's file, then its marker: killed in between, the part is done again."""
        done = Done(len(scored), len(part.songs) - len(scored))
        temporary = self.folder / f"{part.name}.tmp"
        pq.write_table(scored, temporary, compression="zstd")
        temporary.replace(self.path(part.name))
        temporary.write_text(json.dumps({"key": part.key, **asdict(done)}), "utf-8")
        temporary.replace(self._marker(part.name))
        return done

    def path(self, name: str) -> Path:
        """Return where a part's songs are."""
        return self.folder / f"{name}.parquet"

    def _marker(self, name: str) -> Path:
        return self.folder / f"{name}.done"
