"""How the services are: asked every 2 s, for the gateway's readiness page."""

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


class Readiness(BaseModel):
    """The gateway's view of a service's readiness page."""

    status: str
    dependencies: dict[str, str] = Field(default_factory=dict)


@asynccontextmanager
async def watch_readiness(upstreams: Sequence[Upstream]) -> AsyncIterator[dict[str, str]]:
    """Yield the state of each service and of its dependencies, by name. The states are updated until the block ends.

    A state is `unknown` until the first response, `ready`, or the type of the problem that occurred.
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
    """Return the state of a service under its name, and those of its dependencies under `service.dependency`."""
    try:
        async with deadline(PROBE_TIMEOUT_SECONDS):
            readiness = await upstream.call("GET", "/health/ready", Readiness)
    except Problem as problem:
        return {upstream.name: problem.type}
    dependencies = {f"{upstream.name}.{name}": state for name, state in readiness.dependencies.items()}
    return {upstream.name: readiness.status, **dependencies}
