"""Waiting for a condition."""

import time
from collections.abc import Callable


def wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Call `holds` until it returns True. Raises AssertionError after these seconds."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, "did not happen in time"
        time.sleep(0.02)
