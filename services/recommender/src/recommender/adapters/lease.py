"""A lease in the database: what one process alone may do at a time, on whichever machine it runs.

It is renewed for as long as it is held, and ends by itself where its holder died. Times are those of the holders'
clocks, which must agree far better than a lease lasts.
"""

import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from recommender.adapters.database import failures_named, writing
from recommender.adapters.errors import CatalogueError
from recommender.adapters.tables import leases

LEASE_SECONDS = 300.0
# So many renewals may fail before it ends.
RENEWALS = 5


class LeaseHeldError(CatalogueError):
    """Another process holds the lease. The message says who, since when, and when it ends if that one is gone."""


class Lease:
    """One holder's lease; nobody else's while it is renewed."""

    def __init__(self, engine: Engine, name: str, seconds: float) -> None:
        self._engine = engine
        self._name = name
        self._seconds = seconds
        self._holder = f"{socket.gethostname()[:40]} {secrets.token_hex(4)}"
        self._mine = (leases.c.name == name) & (leases.c.holder == self._holder)

    def take(self) -> None:
        """Take the lease where it is free or has ended. Raises LeaseHeldError, CatalogueError."""
        with failures_named(self._engine), writing(self._engine) as connection:
            held = connection.execute(select(leases).where(leases.c.name == self._name)).first()
            if held and held.until > _now():
                raise LeaseHeldError(_told(held))
            connection.execute(delete(leases).where(leases.c.name == self._name))
            term = {"since": _now(), "until": self._end()}
            connection.execute(insert(leases).values(name=self._name, holder=self._holder, **term))

    def renew(self, connection: Connection) -> None:
        """Hold it for its full time again: what the same transaction does was still allowed. Raises CatalogueError."""
        if not connection.execute(update(leases).where(self._mine).values(until=self._end())).rowcount:
            raise CatalogueError(f"another process has taken over the {self._name}, this one stops")

    def keep(self, over: Event) -> None:
        """Renew until it is over. What fails is tried again; a lease that is lost shows at the next change."""
        while not over.wait(self._seconds / RENEWALS):
            try:
                with failures_named(self._engine), self._engine.begin() as connection:
                    self.renew(connection)
            except CatalogueError:
                continue

    def give_back(self) -> None:
        """Let the next holder in. Raises CatalogueError."""
        with failures_named(self._engine), self._engine.begin() as connection:
            connection.execute(delete(leases).where(self._mine))

    def _end(self) -> datetime:
        return _now() + timedelta(seconds=self._seconds)


@contextmanager
def holding(engine: Engine, name: str, seconds: float = LEASE_SECONDS) -> Iterator[Lease]:
    """Hold a lease for as long as the block lasts. Raises LeaseHeldError, CatalogueError."""
    lease, over = Lease(engine, name, seconds), Event()
    lease.take()
    keeper = Thread(target=lease.keep, args=(over,), daemon=True)
    keeper.start()
    try:
        yield lease
    finally:
        over.set()
        keeper.join()
        lease.give_back()


def _told(held: Row[tuple[str, str, datetime, datetime]]) -> str:
    return (
        f"another {held.name} is running since {held.since:%Y-%m-%d %H:%M:%S} UTC (on {held.holder}); "
        f"if it was killed, the next one can start at {held.until:%H:%M:%S} UTC"
    )


def _now() -> datetime:
    """The time in UTC, to the second: servers keep no more."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
