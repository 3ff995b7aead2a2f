"""Scores parts on the cores of one machine, with one process per core."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from lyrics_mood.reader import Reader
from lyrics_mood.score_batch import ScoreBatchError
from lyrics_mood.score_batch.output_folder import FinishedPart, OutputFolder
from lyrics_mood.score_batch.parts import Input, Part
from lyrics_mood.score_batch.scoring import score_songs


class LocalRunner:
    """Scores parts in `processes` processes, each of which loads the model once. A single one is this process."""

    def __init__(self, model: str, folder: Path, processes: int) -> None:
        self.cores = processes
        self._model = model
        self._output = OutputFolder(folder)

    def run(self, inputs: Iterable[Input]) -> Iterator[FinishedPart]:
        """Score and store each part that is not finished yet, and yield its counts.

        Raises ScoreBatchError and ModelError.
        """
        todo = (part for each in inputs for part in each.parts() if not self._output.find(part))
        if self.cores == 1:
            yield from (_score(self._model, self._output.path, part) for part in todo)
        else:
            yield from self._spread(todo)

    def _spread(self, parts: Iterable[Part]) -> Iterator[FinishedPart]:
        # Spawned, not forked: a fork would copy ONNX Runtime's locks while other threads hold them.
        pool = ProcessPoolExecutor(self.cores, get_context("spawn"), initializer=_watch_parent)
        try:
            with pool:
                yield from self._submit(pool, parts)
        except BrokenProcessPool as error:
            raise ScoreBatchError(
                "a process died, perhaps for lack of memory; continue with fewer processes"
            ) from error

    def _submit(self, pool: ProcessPoolExecutor, parts: Iterable[Part]) -> Iterator[FinishedPart]:
        """Submit all parts to the pool and yield their counts in order.

        At most two parts per process, and one more, are in memory: enough to keep every process busy.
        """
        waiting: deque[Future[FinishedPart]] = deque()
        for part in parts:
            waiting.append(pool.submit(_score, self._model, self._output.path, part))
            if len(waiting) > 2 * self.cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _score(model: str, folder: Path, part: Part) -> FinishedPart:
    return OutputFolder(folder).save(part, score_songs(_reader(model), part.songs))


@cache
def _reader(model: str) -> Reader:
    return Reader(model)


def _watch_parent() -> None:
    """End this process when its parent ends. Without a parent it would wait for work forever."""
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
