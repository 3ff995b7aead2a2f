"""Many texts through the network: a bounded number at a time, and files of any size on any number of cores."""

from lyrics_mood.score_batch.batches import score_batches

__all__ = ["score_batches"]
