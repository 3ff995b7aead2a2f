"""Asks one provider where songs play: one call per song, and no answer waits longer than its time."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import structlog
from starlette.concurrency import run_in_threadpool

from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import Known, Playback
from recommender.domain.track import Track
from recommender.playback.cache import PlaybackCache
from recommender.playback.cooldown import ProviderCooldown
from recommender.playback.metrics import CALLS, LIMITED, LOOKUPS
from recommender.providers.protocol import ProviderClient, ProviderFailed, ProviderLimited

# Calls to the provider at the same time.
CONCURRENT_CALLS = 3
# Songs that wait for a call or are being asked for. Further songs stay unresolved until another answer has them.
MOST_UNRESOLVED = 200

log = structlog.get_logger("musicalface.provider")


class Trouble(StrEnum):
    """Why it is not known where a song plays."""

    LIMITED = "limited"
    SLOW = "slow"
    UNAVAILABLE = "unavailable"


# None: the provider does not have the song.
Outcome = Playback | Trouble | None
Call = asyncio.Future[Outcome]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where songs play, and the troubles as the answer's `degraded` names them."""

    playbacks: Known
    degraded: list[str]


class Resolver:
    """Looks songs up in the cache, then at the provider. All requests for one song share one call."""

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
        """Find where songs play within some seconds. A later result goes to the cache for the next answer."""
        until = asyncio.get_running_loop().time() + seconds
        known = await self.cached(tracks)
        outcomes = await self._ask([track for track in tracks if track.id not in known], until)
        troubles = {outcome for outcome in outcomes.values() if isinstance(outcome, Trouble)}
        self._count(known, outcomes)
        degraded = sorted(f"{self._provider}-{trouble}" for trouble in troubles)
        return Resolution({**known, **_known(outcomes)}, degraded)

    async def cached(self, tracks: Sequence[Track]) -> Known:
        """Return what the cache knows. Songs in memory need neither a thread nor a call to Redis."""
        ids = [track.id for track in tracks]
        known = self._playbacks.peek(ids)
        return known if len(known) == len(ids) else await run_in_threadpool(self._playbacks.get_many, ids)

    def state(self) -> str:
        """Return `ok` or until when the provider is limited."""
        return self._cooldown.state()

    async def close(self) -> None:
        """Cancel the waiting calls, wait for the running ones, and close the connections."""
        for call in list(self._calls.values()):
            call.cancel()
        await asyncio.to_thread(self._executor.shutdown, cancel_futures=True)
        self._client.close()

    async def _ask(self, tracks: Iterable[Track], until: float) -> Mapping[str, Outcome]:
        if self._cooldown.current is not None:
            return {track.id: Trouble.LIMITED for track in tracks}
        calls = {track.id: self._call_for(track) for track in tracks}
        if started := [call for call in calls.values() if call]:
            await asyncio.wait(started, timeout=max(0.0, until - asyncio.get_running_loop().time()))
        return {track_id: _outcome(call) for track_id, call in calls.items()}

    def _call_for(self, track: Track) -> Call | None:
        """Return the running call for a song, or start one. Returns None while too many songs wait."""
        call = self._calls.get(track.id)
        if call or len(self._calls) >= MOST_UNRESOLVED:
            return call
        call = asyncio.get_running_loop().run_in_executor(self._executor, self._find, track)
        self._calls[track.id] = call
        call.add_done_callback(partial(self._finish, track.id))
        return call

    def _finish(self, track_id: str, call: Call) -> None:
        del self._calls[track_id]
        if not call.cancelled() and (error := call.exception()):
            # A bug costs only this song its link. The error's text may quote a secret, so only its type is logged.
            log.error("looking up a song broke", provider=self._provider, error=type(error).__name__)

    def _find(self, track: Track) -> Outcome:
        """Find one song. Blocks. While it waited for a thread, the cache or the cooldown may have changed."""
        known = self._playbacks.get_many([track.id])
        if track.id in known:
            return known[track.id]
        if self._cooldown.is_active():
            return Trouble.LIMITED
        outcome = self._ask_provider(track)
        if not isinstance(outcome, Trouble):
            self._playbacks.set(track.id, outcome)
        return outcome

    def _ask_provider(self, track: Track) -> Outcome:
        try:
            found = self._client.find(track)
        except ProviderLimited as limit:
            self._cooldown.start(limit.seconds, limit.reason)
            return self._counted("limited", Trouble.LIMITED)
        except ProviderFailed as failure:
            if not self._failing:
                log.warning("provider fails", provider=self._provider, reason=str(failure))
            self._failing = True
            return self._counted("failed", Trouble.UNAVAILABLE)
        self._failing = False
        return self._counted("hit" if found else "miss", found)

    def _counted(self, kind: str, outcome: Outcome) -> Outcome:
        CALLS.labels(self._provider, kind).inc()
        return outcome

    def _count(self, known: Known, outcomes: Mapping[str, Outcome]) -> None:
        unknown = sum(isinstance(outcome, Trouble) for outcome in outcomes.values())
        for origin, songs in (("cache", len(known)), ("provider", len(outcomes) - unknown), ("none", unknown)):
            LOOKUPS.labels(self._provider, origin).inc(songs)


def _outcome(call: Call | None) -> Outcome:
    if call is None or not call.done() or call.cancelled():
        return Trouble.SLOW
    return Trouble.UNAVAILABLE if call.exception() else call.result()


def _known(outcomes: Mapping[str, Outcome]) -> Known:
    return {track_id: found for track_id, found in outcomes.items() if not isinstance(found, Trouble)}
