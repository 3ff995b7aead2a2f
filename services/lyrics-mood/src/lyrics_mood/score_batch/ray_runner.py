"""Scores parts on the machines of a Ray cluster with Ray Data. All machines must see the input and output folders."""

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import ray
import ray.data

from lyrics_mood.reader import Reader
from lyrics_mood.score_batch import ScoreBatchError
from lyrics_mood.score_batch.output_folder import FinishedPart, OutputFolder
from lyrics_mood.score_batch.parts import Input, Part
from lyrics_mood.score_batch.scoring import score_songs

# Smaller than any part, so that each part becomes one block: Ray distributes blocks to its workers.
BLOCK_BYTES = 1


class RayRunner:
    """Scores parts in one actor per core of the cluster at RAY_ADDRESS, or of this machine if it is not set."""

    def __init__(self, model: str, folder: Path) -> None:
        ray.init(ignore_reinit_error=True, log_to_driver=False)
        ray.data.DataContext.get_current().target_max_block_size = BLOCK_BYTES
        self.cores = int(ray.cluster_resources()["CPU"])
        self._model = model
        self._folder = folder.absolute()

    def run(self, inputs: Iterable[Input]) -> Iterator[FinishedPart]:
        """Score and store each part that is not finished yet, and yield its counts. Raises ScoreBatchError."""
        pickled = [{"input": pickle.dumps(each)} for each in inputs]
        finished = (
            ray.data.from_items(pickled, override_num_blocks=len(pickled))
            .map_batches(_cut, batch_size=1, num_cpus=0, fn_kwargs={"folder": self._folder})
            .map_batches(_Scorer, batch_size=1, concurrency=self.cores, fn_constructor_args=(self._model, self._folder))
        )
        try:
            for row in finished.iter_rows():
                yield FinishedPart(int(row["songs"]), int(row["skipped"]))
        except ray.exceptions.RayError as error:
            raise ScoreBatchError(f"Ray failed: {str(error).strip().splitlines()[-1]}") from error


def _cut(batch: dict[str, Any], folder: Path) -> Iterator[dict[str, Any]]:
    output = OutputFolder(folder)
    for part in pickle.loads(batch["input"][0]).parts():  # noqa: S301 - written above, by this program
        if not output.find(part):
            yield {"part": np.array([pickle.dumps(part)], object)}


class _Scorer:
    def __init__(self, model: str, folder: Path) -> None:
        self._reader = Reader(model)
        self._output = OutputFolder(folder)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        part: Part = pickle.loads(batch["part"][0])  # noqa: S301 - written above, by this program
        counts = self._output.save(part, score_songs(self._reader, part.songs))
        return {"songs": np.array([counts.songs]), "skipped": np.array([counts.skipped])}
