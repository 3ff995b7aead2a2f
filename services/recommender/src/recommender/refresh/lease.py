"""A lease in the database: only one process at a time can hold it, also if processes run on several machines.

The holder renews the lease. If the holder dies, the lease expires. Times come from the holders' clocks, which must
differ by much less than the 300 s of a lease.
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
# Renewals per term of the lease. The lease expires only if all of them fail.
RENEWALS = 5


class LeaseHeldError(CatalogueError):
    """Another process holds the lease. The message says since when, and when the lease expires if it was killed."""


class Lease:
    """The lease of one holder."""

    def __init__(self, engine: Engine, name: str, seconds: float) -> None:
        self._engine = engine
        self._name = name
        self._seconds = seconds
        self._holder = f"{socket.gethostname()[:40]} {secrets.token_hex(4)}"
        self._mine = (leases.c.name == name) & (leases.c.holder == self._holder)

    def acquire(self) -> None:
        """Acquire the lease if it is free or has expired. Raises LeaseHeldError, CatalogueError."""
        with translated_errors(self._engine), write_transaction(self._engine) as connection:
            held = connection.execute(select(leases).where(leases.c.name == self._name)).first()
            if held and held.until > _now():
                raise LeaseHeldError(_message(held))
            connection.execute(delete(leases).where(leases.c.name == self._name))
            term = {"since": _now(), "until": self._end()}
            connection.execute(insert(leases).values(name=self._name, holder=self._holder, **term))

    def renew(self, connection: Connection) -> None:
        """Extend the lease to its full term. Raises CatalogueError if another process has taken it over."""
        if not connection.execute(update(leases).where(self._mine).values(until=self._end())).rowcount:
            raise CatalogueError(f"another process has taken over the {self._name}, this one stops")

    def renew_until(self, stop: Event) -> None:
        """Renew the lease RENEWALS times per term until `stop` is set. After a failed renewal, go on with the next."""
        while not stop.wait(self._seconds / RENEWALS):
            try:
                with translated_errors(self._engine), self._engine.begin() as connection:
                    self.renew(connection)
            except CatalogueError:
                continue

    def release(self) -> None:
        """Release the lease. Raises CatalogueError."""
        with translated_errors(self._engine), self._engine.begin() as connection:
            connection.execute(delete(leases).where(self._mine))

    def _end(self) -> datetime:
        return _now() + timedelta(seconds=self._seconds)


@contextmanager
def holding(engine: Engine, name: str, seconds: float = LEASE_SECONDS) -> Iterator[Lease]:
    """Hold a lease until the block ends. Raises LeaseHeldError, CatalogueError."""
    lease, stop = Lease(engine, name, seconds), Event()
    lease.acquire()
    renewals = Thread(target=lease.renew_until, args=(stop,), daemon=True)
    renewals.start()
    try:
        yield lease
    finally:
        stop.set()
        renewals.join()
        lease.release()


def _message(held: Row[tuple[str, str, datetime, datetime]]) -> str:
    return (
        f"another {held.name} is running since {held.since:%Y-%m-%d %H:%M:%S} UTC (on {held.holder}); "
        f"if it was killed, the next one can start at {held.until:%H:%M:%S} UTC"
    )


def _now() -> datetime:
    """Return the time in UTC, in whole seconds: MariaDB and MySQL store no fractions."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
