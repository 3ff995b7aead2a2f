"""How many requests are served at once: places, of which a request takes one when its body is complete."""

import time
from dataclasses import dataclass
from typing import Protocol

from starlette.types import Scope

# The key under which the server puts a request's place into the state of its scope.
PLACE = "place"
# How far one request moves the mean: the mean follows in about this many requests.
MEMORY = 16


class Places(Protocol):
    """Places for requests of one kind."""

    def enter(self) -> "Place | None":
        """Take a place. Return None if there is none."""

    def leave(self, place: "Place", served: bool) -> None:
        """Take a place back."""


@dataclass(eq=False)
class Place:
    """A request's place. `number` is how many requests had a place at the time `entered`, itself included."""

    places: Places
    number: int
    entered: float
    _is_free: bool = False

    def leave(self, *, served: bool) -> None:
        """Give the place back. Only the first call counts. `served` says that the work was done for which it is."""
        if not self._is_free:
            self._is_free = True
            self.places.leave(self, served)


class FixedPlaces:
    """A fixed number of places."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0

    def enter(self) -> Place | None:
        if self._taken >= self._most:
            return None
        self._taken += 1
        return Place(self, self._taken, time.monotonic())

    def leave(self, place: Place, served: bool) -> None:
        self._taken -= 1


class TimedPlaces:
    """Places as long as a request would be served within `seconds`, so that their number follows the machine.

    The seconds of a request divided by its number are the time that the machine needs for one. There is always one
    place, and there are never more than `most`.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._each = seconds / MEMORY
        self._taken = 0

    def enter(self) -> Place | None:
        expected = (self._taken + 1) * self._each if self._taken else 0.0
        if expected > self._seconds or self._taken >= self._most:
            return None
        self._taken += 1
        return Place(self, self._taken, time.monotonic())

    def leave(self, place: Place, served: bool) -> None:
        self._taken -= 1
        seconds = time.monotonic() - place.entered
        # A request that was refused at once says nothing of the time that the others take. One that timed out does.
        if served or seconds > self._seconds:
            self._each += (seconds / place.number - self._each) / MEMORY


def leave_place(scope: Scope) -> None:
    """Give the place of a request back before the request ends, because the work is done for which places are."""
    place: Place | None = scope.get("state", {}).get(PLACE)
    if place:
        place.leave(served=True)
