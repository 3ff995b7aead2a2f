"""Places that follow the time that a request takes."""

import pytest

from musicalface_common.limits import places
from musicalface_common.limits.places import Place, Places, TimedPlaces


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(places, "time", clock)
    return clock


def fill(timed: TimedPlaces) -> list[Place]:
    """Take all places that there are."""
    taken = []
    while not timed.are_taken:
        taken.append(timed.enter(None))
    return taken


def learn(timed: TimedPlaces, clock: Clock, seconds_each: float, served: bool = True) -> None:
    """Serve twenty full houses on a machine that needs these seconds for a request."""
    for _ in range(20):
        for place in fill(timed):
            clock.now += seconds_each
            place.leave(served=served)


def test_fixed_places_are_taken_and_given_back() -> None:
    fixed = Places(2)
    first, _ = fixed.enter(None), fixed.enter(None)
    assert fixed.are_taken
    first.leave(served=True)
    assert not fixed.are_taken


def test_a_place_is_given_back_once() -> None:
    fixed = Places(1)
    place = fixed.enter(None)
    place.leave(served=True)
    place.leave(served=False)
    fixed.enter(None)
    assert fixed.are_taken


def test_one_client_holds_half_of_the_places() -> None:
    fixed = Places(4)
    held = [fixed.enter("one"), fixed.enter("one")]
    assert fixed.are_taken_by("one")
    assert not fixed.are_taken_by("other")
    assert not fixed.are_taken_by(None)
    held[0].leave(served=True)
    assert not fixed.are_taken_by("one")


def test_a_slow_machine_has_a_place_for_a_second_client(clock: Clock) -> None:
    timed = TimedPlaces(64, 0.5)
    learn(timed, clock, 5.0)
    timed.enter("one")
    assert timed.are_taken_by("one")
    assert not timed.are_taken


@pytest.mark.parametrize(("seconds_each", "count"), [(0.01, 50), (0.05, 10), (0.1, 5), (2.0, 2)])
def test_there_are_as_many_places_as_can_be_served_in_time(clock: Clock, seconds_each: float, count: int) -> None:
    timed = TimedPlaces(64, 0.5)
    learn(timed, clock, seconds_each)
    assert len(fill(timed)) == pytest.approx(count, abs=1)


def test_there_are_never_more_than_the_most(clock: Clock) -> None:
    timed = TimedPlaces(8, 0.5)
    learn(timed, clock, 0.001)
    assert len(fill(timed)) == 8


def test_requests_that_fail_at_once_make_no_places(clock: Clock) -> None:
    timed = TimedPlaces(64, 0.5)
    learn(timed, clock, 0.05)
    learn(timed, clock, 0.0001, served=False)
    assert len(fill(timed)) == pytest.approx(10, abs=1)


def test_requests_that_time_out_take_places_away(clock: Clock) -> None:
    timed = TimedPlaces(64, 0.5)
    learn(timed, clock, 0.05)
    for _ in range(5):
        taken = fill(timed)
        clock.now += 3
        for place in taken:
            place.leave(served=False)
    assert len(fill(timed)) < 6
