"""How many requests are served at once: places, of which a request takes one when its body is complete."""

import time
from collections import Counter
from dataclasses import dataclass

from starlette.types import Scope

# The key under which the server puts a request's place into the state of its scope.
PLACE = "place"
# The time of one request moves the mean by this part.
WEIGHT = 1 / 16
# One client may hold half of the places. So there are always two.
LEAST = 2


@dataclass(eq=False)
class Place:
    """A request's place. `number` is how many requests had a place at the time `entered`, itself included."""

    places: "Places"
    client: str | None
    number: int
    entered: float
    _is_free: bool = False

    def leave(self, *, served: bool) -> None:
        """Give the place back. Only the first call counts. `served` says that the work was done for which it is."""
        if not self._is_free:
            self._is_free = True
            self.places.take_back(self, served)


class Places:
    """A fixed number of places for requests of one kind."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._taken_by: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """The number of places."""
        return self._most

    @property
    def are_taken(self) -> bool:
        """Whether all places are taken."""
        return self._taken >= self.count

    def are_taken_by(self, client: str | None) -> bool:
        """Return whether a client holds half of the places. A client without a name never does."""
        return client is not None and self._taken_by[client] >= max(1, self.count // 2)

    def enter(self, client: str | None) -> Place:
        """Take a place for a request of a client."""
        self._taken += 1
        if client is not None:
            self._taken_by[client] += 1
        return Place(self, client, self._taken, time.monotonic())

    def take_back(self, place: Place, served: bool) -> None:
        """Take a place back. A subclass learns from the time for which it was held."""
        self._taken -= 1
        if place.client is not None:
            self._taken_by[place.client] -= 1
            if not self._taken_by[place.client]:
                del self._taken_by[place.client]


class TimedPlaces(Places):
    """As many places as can be served within `seconds`, and never more than `most`: their number follows the machine.

    The seconds of a request divided by its number are the time that the machine needs for one.
    """

    def __init__(self, most: int, seconds: float) -> None:
        super().__init__(most)
        self._seconds = seconds
        self._each = seconds * WEIGHT

    @property
    def count(self) -> int:
        return min(self._most, max(LEAST, int(self._seconds / self._each)))

    def take_back(self, place: Place, served: bool) -> None:
        super().take_back(place, served)
        seconds = time.monotonic() - place.entered
        # A request that was refused at once says nothing of the time that the others take. One that timed out does.
        if served or seconds > self._seconds:
            self._each += (seconds / place.number - self._each) * WEIGHT


def leave_place(scope: Scope) -> None:
    """Give the place of a request back before the request ends, because the work is done for which places are."""
    place: Place | None = scope.get("state", {}).get(PLACE)
    if place:
        place.leave(served=True)
