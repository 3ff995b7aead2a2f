"""What spreads the scoring of parts over processes or machines."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from lyrics_mood.score_batch.output_folder import Done
from lyrics_mood.score_batch.parts import Source


class Engine(Protocol):
    """Runs parts on a number of cores."""

    cores: int

    def run(self, sources: Iterable[Source]) -> Iterator[Done]:
        """Score and store what is not done yet; yield what became of each part. Raises ShardError."""
