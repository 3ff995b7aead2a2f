"""Parts over the machines of a Ray cluster, by Ray Data; the output folder is one that all of them see."""

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import ray
import ray.data

from lyrics_mood.score_batch.errors import ShardError
from lyrics_mood.score_batch.output_folder import Done, Store
from lyrics_mood.score_batch.parts import Part, Source
from lyrics_mood.score_batch.scoring import Scorer

# Smaller than any part: each becomes a block of its own, and blocks are what Ray spreads over its workers.
BLOCK_BYTES = 1


class RayEngine:
    """Scores parts in one actor a core of the cluster that RAY_ADDRESS names, or of this machine."""

    def __init__(self, model: str, folder: Path) -> None:
        ray.init(ignore_reinit_error=True, log_to_driver=False)
        ray.data.DataContext.get_current().target_max_block_size = BLOCK_BYTES
        self.cores = int(ray.cluster_resources()["CPU"])
        self._model = model
        self._folder = folder.absolute()

    def run(self, sources: Iterable[Source]) -> Iterator[Done]:
        """Score and store what is not done yet; yield what became of each part. Raises ShardError."""
        pickled = [{"source": pickle.dumps(source)} for source in sources]
        done = (
            ray.data.from_items(pickled, override_num_blocks=len(pickled))
            .map_batches(_cut, batch_size=1, num_cpus=0, fn_kwargs={"folder": self._folder})
            .map_batches(_Actor, batch_size=1, concurrency=self.cores, fn_constructor_args=(self._model, self._folder))
        )
        try:
            for row in done.iter_rows():
                yield Done(int(row["songs"]), int(row["skipped"]))
        except ray.exceptions.RayError as error:
            raise ShardError(f"Ray gave up: {str(error).strip().splitlines()[-1]}") from error


def _cut(batch: dict[str, Any], folder: Path) -> Iterator[dict[str, Any]]:
    store = Store(folder)
    for part in pickle.loads(batch["source"][0]).parts():  # noqa: S301 - written above, by this program
        if not store.done(part):
            yield {"part": np.array([pickle.dumps(part)], object)}


class _Actor:
    def __init__(self, model: str, folder: Path) -> None:
        self._scorer = Scorer(model)
        self._store = Store(folder)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        part: Part = pickle.loads(batch["part"][0])  # noqa: S301 - written above, by this program
        done = self._store.save(part, self._scorer.score(part.songs))
        return {"songs": np.array([done.songs]), "skipped": np.array([done.skipped])}
