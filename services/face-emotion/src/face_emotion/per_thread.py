"""One instance a thread, for what is neither thread-safe nor cheap to make."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerThread(Generic[T]):
    """Makes an instance in each thread that asks for one, and keeps it for that thread's life."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._local = threading.local()

    def get(self) -> T:
        """Return the calling thread's own instance."""
        if not hasattr(self._local, "instance"):
            self._local.instance = self._make()
        instance: T = self._local.instance
        return instance
