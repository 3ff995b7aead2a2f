"""Parts over the cores of one machine, a process each; a single one is this process."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from lyrics_mood.score_batch.errors import ShardError
from lyrics_mood.score_batch.output_folder import Done, Store
from lyrics_mood.score_batch.parts import Part, Source
from lyrics_mood.score_batch.scoring import Scorer


class LocalEngine:
    """Scores parts in `processes` processes; each loads the model once."""

    def __init__(self, model: str, folder: Path, processes: int) -> None:
        self.cores = processes
        self._model = model
        self._store = Store(folder)

    def run(self, sources: Iterable[Source]) -> Iterator[Done]:
        """Score and store what is not done yet; yield what became of each part. Raises ShardError, ModelError."""
        todo = (part for source in sources for part in source.parts() if not self._store.done(part))
        if self.cores == 1:
            yield from (_score(self._model, self._store.folder, part) for part in todo)
        else:
            yield from self._spread(todo)

    def _spread(self, parts: Iterable[Part]) -> Iterator[Done]:
        # Spawned, not forked: a fork would copy ONNX Runtime's threads and locks in whatever state they are.
        pool = ProcessPoolExecutor(self.cores, get_context("spawn"), initializer=_watch_parent)
        try:
            with pool:
                yield from self._submit(pool, parts)
        except BrokenProcessPool as error:
            raise ShardError("a process died, perhaps for want of memory; run again to go on with less") from error

    def _submit(self, pool: ProcessPoolExecutor, parts: Iterable[Part]) -> Iterator[Done]:
        """Keep every process busy without reading the whole input ahead."""
        waiting: deque[Future[Done]] = deque()
        for part in parts:
            waiting.append(pool.submit(_score, self._model, self._store.folder, part))
            if len(waiting) > 2 * self.cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _score(model: str, folder: Path, part: Part) -> Done:
    return Store(folder).save(part, _scorer(model).score(part.songs))


@cache
def _scorer(model: str) -> Scorer:
    return Scorer(model)


def _watch_parent() -> None:
    """End with the parent, even a killed one: a process that waits for work would wait for ever."""
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
