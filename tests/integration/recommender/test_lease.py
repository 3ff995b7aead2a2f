"""Only one process at a time may hold a lease."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from recommender.catalogue.database import write_transaction
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.migrating import migrate
from recommender.catalogue.tables import leases
from recommender.refresh.lease import LeaseHeldError, holding

HOLDS = """
import sys, time
from recommender.catalogue.database import open_engine
from recommender.refresh.lease import holding
with open_engine(sys.argv[1]) as engine, holding(engine, "refresh", seconds=float(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def ready(engine: Engine) -> Engine:
    """A database with its tables."""
    with write_transaction(engine) as connection:
        migrate(connection)
    return engine


@pytest.fixture
def hold(database_url: str, ready: Engine) -> Iterator[Callable[[float], subprocess.Popen[str]]]:
    """Start a process that holds the lease."""
    processes = []

    def start(seconds: float) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLDS, database_url, str(seconds)]
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        assert processes[-1].stdout is not None
        assert processes[-1].stdout.readline() == "held\n"
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def until(predicate: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        if predicate():
            return True
        time.sleep(0.1)
    return False


def is_free(engine: Engine) -> bool:
    try:
        with holding(engine, "refresh"):
            return True
    except LeaseHeldError:
        return False


def test_a_lease_is_free_after_its_holder_has_ended(ready: Engine) -> None:
    for _ in range(2):
        with holding(ready, "refresh"):
            pass
    with pytest.raises(RuntimeError, match="fault"), holding(ready, "refresh"):
        raise RuntimeError("a fault of the holder's")
    assert is_free(ready)


def test_another_process_gets_an_error_that_says_since_when(
    ready: Engine, hold: Callable[[float], subprocess.Popen[str]]
) -> None:
    hold(300)
    said = r"another refresh is running since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(on .+\); .* at \d\d:\d\d:\d\d UTC"
    with pytest.raises(LeaseHeldError, match=said), holding(ready, "refresh"):
        pass
    with holding(ready, "another"):
        pass


def test_a_lease_expires_after_its_holder_was_killed(
    ready: Engine, hold: Callable[[float], subprocess.Popen[str]]
) -> None:
    process = hold(2)
    process.kill()
    process.wait()
    assert not is_free(ready)
    assert until(lambda: is_free(ready))


def test_a_lease_is_renewed_while_it_is_held(ready: Engine) -> None:
    with holding(ready, "refresh", seconds=3):
        with ready.connect() as connection:
            first = connection.execute(select(leases)).one()

        def renewed() -> bool:
            with ready.connect() as connection:
                now = connection.execute(select(leases)).one()
            return bool(now.since == first.since and now.until > first.until + timedelta(seconds=1))

        assert until(renewed)
        assert not is_free(ready)


def test_a_holder_that_lost_its_lease_gets_an_error_before_it_changes_anything(ready: Engine) -> None:
    with holding(ready, "refresh") as lease:
        with ready.begin() as connection:
            lease.renew(connection)
            connection.execute(update(leases).values(holder="another"))
        with ready.begin() as connection, pytest.raises(CatalogueError, match="taken over the refresh"):
            lease.renew(connection)
    assert not is_free(ready)  # only the other holder may release it
