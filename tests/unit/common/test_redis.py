"""How an app notices that its Redis is away."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from musicalface_common.background import running
from musicalface_common.redis import Availability


async def _answer() -> None:
    return None


async def _hang() -> None:
    await asyncio.sleep(60)


def _fail_with(error: Exception) -> Callable[[], Awaitable[None]]:
    async def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [OSError(), RuntimeError("unexpected")])
def test_any_error_of_a_probe_means_away(error: Exception) -> None:
    availability = Availability(_fail_with(error))
    asyncio.run(availability.probe())
    assert availability.state == "away"


def test_a_probe_that_hangs_does_not_hold_up_a_start() -> None:
    async def start() -> str:
        availability = Availability(_hang)
        async with asyncio.timeout(5), availability.watched():
            return availability.state

    assert asyncio.run(start()) == "away"


def test_the_watch_survives_an_unexpected_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface_common.redis.PROBE_SECONDS", 0.01)
    failures = iter([RuntimeError("unexpected"), RuntimeError("again")])
    answered = asyncio.Event()

    async def ping() -> None:
        if error := next(failures, None):
            raise error
        answered.set()

    async def run() -> None:
        async with asyncio.timeout(5), Availability(ping).watched():
            await answered.wait()

    asyncio.run(run())


def test_an_attempt_marks_redis_as_away_and_lets_other_errors_through() -> None:
    availability = Availability(_answer)
    with availability.attempt():
        raise ConnectionResetError
    assert not availability.available
    with pytest.raises(ValueError, match="ours"), availability.attempt():
        raise ValueError("ours")


def test_background_work_that_fails_does_not_fail_the_block() -> None:
    async def fail() -> None:
        raise RuntimeError("broken")

    async def run() -> None:
        async with running(fail()):
            await asyncio.sleep(0.01)

    asyncio.run(run())
