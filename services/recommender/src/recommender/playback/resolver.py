"""Asks one provider where songs play, with one call per song. No caller waits longer than the time that it gives."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import structlog
from starlette.concurrency import run_in_threadpool

from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import KnownPlaybacks, Playback
from recommender.domain.track import Track
from recommender.playback.cache import PlaybackCache
from recommender.playback.cooldown import ProviderCooldown
from recommender.playback.metrics import CALLS, LIMITED, LOOKUPS
from recommender.providers.protocol import ProviderClient, ProviderFailed, ProviderLimited

# Maximum number of calls to the provider at the same time.
CONCURRENT_CALLS = 3
# Maximum number of songs whose calls wait or run. Further songs stay unresolved until a later request.
MAX_UNRESOLVED = 200

log = structlog.get_logger("musicalface.provider")


class LookupFailure(StrEnum):
    """Why a look-up has no result: calls are limited, the result is late, or the provider failed."""

    LIMITED = "limited"
    SLOW = "slow"
    UNAVAILABLE = "unavailable"


# None: the provider does not have the song.
Outcome = Playback | LookupFailure | None
Call = asyncio.Future[Outcome]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where songs play, and the failures as the response's `degraded` names them, such as `spotify-slow`."""

    playbacks: KnownPlaybacks
    degraded: list[str]


class Resolver:
    """Looks songs up in the cache, then at the provider. Requests for one song at the same time share one call."""

    def __init__(self, client: ProviderClient, cache: TwoLevelCache, cooldown: ProviderCooldown) -> None:
        self._client = client
        self._provider = client.provider
        self._playbacks = PlaybackCache(client.provider, cache)
        self._cooldown = cooldown
        self._executor = ThreadPoolExecutor(CONCURRENT_CALLS, thread_name_prefix=client.provider)
        self._calls: dict[str, Call] = {}
        self._failing = False
        LIMITED.labels(client.provider).set_function(lambda: cooldown.current is not None)

    async def resolve(self, tracks: Sequence[Track], seconds: float) -> Resolution:
        """Find where songs play, within `seconds`. A result that comes later is cached for the next request."""
        until = asyncio.get_running_loop().time() + seconds
        known = await self.cached(tracks)
        outcomes = await self._ask([track for track in tracks if track.id not in known], until)
        failures = {outcome for outcome in outcomes.values() if isinstance(outcome, LookupFailure)}
        self._count_lookups(known, outcomes)
        degraded = sorted(f"{self._provider}-{failure}" for failure in failures)
        return Resolution({**known, **_known(outcomes)}, degraded)

    async def cached(self, tracks: Sequence[Track]) -> KnownPlaybacks:
        """Return the cached results. If memory holds all of them, this takes no thread and no call to Redis."""
        ids = [track.id for track in tracks]
        known = self._playbacks.peek(ids)
        return known if len(known) == len(ids) else await run_in_threadpool(self._playbacks.get_many, ids)

    def state(self) -> str:
        """Return `ok`, or until when the provider is limited and why."""
        return self._cooldown.state()

    async def close(self) -> None:
        """Cancel the waiting calls, wait for the running ones, and close the connections."""
        for call in list(self._calls.values()):
            call.cancel()
        await asyncio.to_thread(self._executor.shutdown, cancel_futures=True)
        self._client.close()

    async def _ask(self, tracks: Iterable[Track], until: float) -> Mapping[str, Outcome]:
        if self._cooldown.current is not None:
            return {track.id: LookupFailure.LIMITED for track in tracks}
        calls = {track.id: self._call_for(track) for track in tracks}
        if started := [call for call in calls.values() if call]:
            await asyncio.wait(started, timeout=max(0.0, until - asyncio.get_running_loop().time()))
        return {track_id: _outcome(call) for track_id, call in calls.items()}

    def _call_for(self, track: Track) -> Call | None:
        """Return the running call for a song, or start one. Return None while MAX_UNRESOLVED songs wait."""
        call = self._calls.get(track.id)
        if call or len(self._calls) >= MAX_UNRESOLVED:
            return call
        call = asyncio.get_running_loop().run_in_executor(self._executor, self._find, track)
        self._calls[track.id] = call
        call.add_done_callback(partial(self._finish, track.id))
        return call

    def _finish(self, track_id: str, call: Call) -> None:
        del self._calls[track_id]
        if not call.cancelled() and (error := call.exception()):
            # After a bug, only this song has no link. The error's text may quote a secret, so only its type is logged.
            log.error("looking up a song broke", provider=self._provider, error=type(error).__name__)

    def _find(self, track: Track) -> Outcome:
        """Find one song in the cache or at the provider. Blocks."""
        # While the song waited for a thread, another process may have found it, or a cooldown may have started.
        known = self._playbacks.get_many([track.id])
        if track.id in known:
            return known[track.id]
        if self._cooldown.is_active():
            return LookupFailure.LIMITED
        outcome = self._ask_provider(track)
        if not isinstance(outcome, LookupFailure):
            self._playbacks.set(track.id, outcome)
        return outcome

    def _ask_provider(self, track: Track) -> Outcome:
        try:
            found = self._client.find(track)
        except ProviderLimited as limit:
            self._cooldown.start(limit.seconds, limit.reason)
            return self._count_call("limited", LookupFailure.LIMITED)
        except ProviderFailed as failure:
            if not self._failing:
                log.warning("provider fails", provider=self._provider, reason=str(failure))
            self._failing = True
            return self._count_call("failed", LookupFailure.UNAVAILABLE)
        self._failing = False
        return self._count_call("hit" if found else "miss", found)

    def _count_call(self, kind: str, outcome: Outcome) -> Outcome:
        CALLS.labels(self._provider, kind).inc()
        return outcome

    def _count_lookups(self, known: KnownPlaybacks, outcomes: Mapping[str, Outcome]) -> None:
        unknown = sum(isinstance(outcome, LookupFailure) for outcome in outcomes.values())
        for origin, songs in (("cache", len(known)), ("provider", len(outcomes) - unknown), ("none", unknown)):
            LOOKUPS.labels(self._provider, origin).inc(songs)


def _outcome(call: Call | None) -> Outcome:
    if call is None or not call.done() or call.cancelled():
        return LookupFailure.SLOW
    return LookupFailure.UNAVAILABLE if call.exception() else call.result()


def _known(outcomes: Mapping[str, Outcome]) -> KnownPlaybacks:
    return {track_id: found for track_id, found in outcomes.items() if not isinstance(found, LookupFailure)}
