"""The state of each service, requested every 2 s for the gateway's readiness page."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from pydantic import BaseModel, Field

from gateway.services.upstream import Upstream
from musicalface_common.background import running
from musicalface_common.deadline import deadline
from musicalface_common.errors import Problem

PROBE_TIMEOUT_SECONDS = 1.0
PROBE_PAUSE_SECONDS = 2.0


class ServiceReadiness(BaseModel):
    """The fields of a service's readiness page that the gateway reads."""

    status: str
    dependencies: dict[str, str] = Field(default_factory=dict)


@asynccontextmanager
async def watch_readiness(upstreams: Sequence[Upstream]) -> AsyncIterator[dict[str, str]]:
    """Yield the states of all services and of their dependencies, by name, and update them until the block ends.

    The state of a service is `unknown` before its first response, then `ready` or the type of the problem.
    """
    states = dict.fromkeys((upstream.name for upstream in upstreams), "unknown")
    async with running(_watch(upstreams, states)):
        yield states


async def _watch(upstreams: Sequence[Upstream], states: dict[str, str]) -> None:
    while True:
        probed = await asyncio.gather(*map(_probe, upstreams))
        states.clear()
        for service_states in probed:
            states.update(service_states)
        await asyncio.sleep(PROBE_PAUSE_SECONDS)


async def _probe(upstream: Upstream) -> dict[str, str]:
    """Return the state of a service by its name, and the states of its dependencies by `service.dependency`."""
    try:
        async with deadline(PROBE_TIMEOUT_SECONDS):
            readiness = await upstream.call("GET", "/health/ready", ServiceReadiness)
    except Problem as problem:
        return {upstream.name: problem.type}
    dependencies = {f"{upstream.name}.{name}": state for name, state in readiness.dependencies.items()}
    return {upstream.name: readiness.status, **dependencies}
