"""A lease in the database: only one process at a time holds it, on whichever machine it runs.

The holder renews it. Where the holder dies, the lease ends by itself. Times come from the holders' clocks, which must
agree within much less than the 300 s of a lease.
"""

import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from recommender.catalogue.database import translated_errors, write_transaction
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.tables import leases

LEASE_SECONDS = 300.0
# Renewals per term of the lease: all of them must fail before it ends.
RENEWALS = 5


class LeaseHeldError(CatalogueError):
    """Another process holds the lease. The message names it, its start, and the end of the lease if it was killed."""


class Lease:
    """The lease of one holder."""

    def __init__(self, engine: Engine, name: str, seconds: float) -> None:
        self._engine = engine
        self._name = name
        self._seconds = seconds
        self._holder = f"{socket.gethostname()[:40]} {secrets.token_hex(4)}"
        self._mine = (leases.c.name == name) & (leases.c.holder == self._holder)

    def take(self) -> None:
        """Take the lease if it is free or has ended. Raises LeaseHeldError, CatalogueError."""
        with translated_errors(self._engine), write_transaction(self._engine) as connection:
            held = connection.execute(select(leases).where(leases.c.name == self._name)).first()
            if held and held.until > _now():
                raise LeaseHeldError(_holder(held))
            connection.execute(delete(leases).where(leases.c.name == self._name))
            term = {"since": _now(), "until": self._end()}
            connection.execute(insert(leases).values(name=self._name, holder=self._holder, **term))

    def renew(self, connection: Connection) -> None:
        """Extend the lease to its full time. Raises CatalogueError where another process has taken it over."""
        if not connection.execute(update(leases).where(self._mine).values(until=self._end())).rowcount:
            raise CatalogueError(f"another process has taken over the {self._name}, this one stops")

    def keep(self, over: Event) -> None:
        """Renew until `over` is set. A failed renewal is tried again. A lost lease shows at the next `renew`."""
        while not over.wait(self._seconds / RENEWALS):
            try:
                with translated_errors(self._engine), self._engine.begin() as connection:
                    self.renew(connection)
            except CatalogueError:
                continue

    def give_back(self) -> None:
        """Give the lease back. Raises CatalogueError."""
        with translated_errors(self._engine), self._engine.begin() as connection:
            connection.execute(delete(leases).where(self._mine))

    def _end(self) -> datetime:
        return _now() + timedelta(seconds=self._seconds)


@contextmanager
def holding(engine: Engine, name: str, seconds: float = LEASE_SECONDS) -> Iterator[Lease]:
    """Hold a lease until the block ends. Raises LeaseHeldError, CatalogueError."""
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


def _holder(held: Row[tuple[str, str, datetime, datetime]]) -> str:
    return (
        f"another {held.name} is running since {held.since:%Y-%m-%d %H:%M:%S} UTC (on {held.holder}); "
        f"if it was killed, the next one can start at {held.until:%H:%M:%S} UTC"
    )


def _now() -> datetime:
    """Return the time in UTC to the second, which is what the servers store."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
