"""Finds where songs play, without ever standing in an answer's way."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import structlog
from starlette.concurrency import run_in_threadpool

from recommender.adapters.breaker import Breaker
from recommender.adapters.cache import Cache
from recommender.adapters.playbacks import Known, PlaybackCache
from recommender.adapters.provider_metrics import CALLS, LIMITED, LOOKUPS
from recommender.adapters.sources import ProviderFailed, ProviderLimited, Source
from recommender.domain.playback import Playback
from recommender.domain.track import Track

AT_ONCE = 3
# Songs that wait or are being asked for. More are left for the next answer that they come up in.
MOST_UNRESOLVED = 200

log = structlog.get_logger("musicalface.provider")


class Trouble(StrEnum):
    """Why it is not known where a song plays."""

    LIMITED = "limited"
    SLOW = "slow"
    UNAVAILABLE = "unavailable"


# None: the provider has no such song.
Outcome = Playback | Trouble | None
Flight = asyncio.Future[Outcome]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where songs play, by track id (None: the provider has no such song), and what the answer went without."""

    playbacks: Known
    degraded: list[str]


class Resolver:
    """Asks one provider for the songs that the cache does not know, by one call a song however many wait for it."""

    def __init__(self, source: Source, cache: Cache, breaker: Breaker) -> None:
        self._source = source
        self._provider = source.provider
        self._playbacks = PlaybackCache(source.provider, cache)
        self._breaker = breaker
        self._executor = ThreadPoolExecutor(AT_ONCE, thread_name_prefix=source.provider)
        self._flights: dict[str, Flight] = {}
        self._failing = False
        LIMITED.labels(source.provider).set_function(lambda: breaker.opening is not None)

    async def resolve(self, tracks: Sequence[Track], seconds: float) -> Resolution:
        """Find where songs play within some seconds; what comes later is there for the next answer."""
        until = asyncio.get_running_loop().time() + seconds
        known = await self.cached(tracks)
        outcomes = await self._ask([track for track in tracks if track.id not in known], until)
        troubles = {outcome for outcome in outcomes.values() if isinstance(outcome, Trouble)}
        self._count(known, outcomes)
        degraded = sorted(f"{self._provider}-{trouble}" for trouble in troubles)
        return Resolution(known | _known(outcomes), degraded)

    async def cached(self, tracks: Sequence[Track]) -> Known:
        """Look songs up. What memory knows costs neither a thread nor a way to Redis; the provider is not asked."""
        ids = [track.id for track in tracks]
        known = self._playbacks.peek(ids)
        return known if len(known) == len(ids) else await run_in_threadpool(self._playbacks.get_many, ids)

    def state(self) -> str:
        """Say whether the provider may be asked, as the breaker does."""
        return self._breaker.state()

    async def close(self) -> None:
        """Give up what waits for its turn, and let what is being asked for end."""
        for flight in list(self._flights.values()):
            flight.cancel()
        await asyncio.to_thread(self._executor.shutdown, cancel_futures=True)
        self._source.close()

    async def _ask(self, tracks: Iterable[Track], until: float) -> Mapping[str, Outcome]:
        if self._breaker.opening is not None:
            return {track.id: Trouble.LIMITED for track in tracks}
        flights = {track.id: self._flight(track) for track in tracks}
        if started := [flight for flight in flights.values() if flight]:
            await asyncio.wait(started, timeout=max(0.0, until - asyncio.get_running_loop().time()))
        return {track_id: _outcome(flight) for track_id, flight in flights.items()}

    def _flight(self, track: Track) -> Flight | None:
        """Return the one call for a song, made now if there is none yet; None where too many wait already."""
        flight = self._flights.get(track.id)
        if flight or len(self._flights) >= MOST_UNRESOLVED:
            return flight
        flight = asyncio.get_running_loop().run_in_executor(self._executor, self._find, track)
        self._flights[track.id] = flight
        flight.add_done_callback(partial(self._land, track.id))
        return flight

    def _land(self, track_id: str, flight: Flight) -> None:
        del self._flights[track_id]
        if not flight.cancelled() and (error := flight.exception()):
            # A mistake of ours or of a library's costs its song's link alone. Its text may quote a secret.
            log.error("resolving broke", provider=self._provider, error=type(error).__name__)

    def _find(self, track: Track) -> Outcome:
        """Find one song; blocks. It may have become known, or the breaker open, while it waited for its turn."""
        known = self._playbacks.get_many([track.id])
        if track.id in known:
            return known[track.id]
        if self._breaker.is_open():
            return Trouble.LIMITED
        outcome = self._call(track)
        if not isinstance(outcome, Trouble):
            self._playbacks.set(track.id, outcome)
        return outcome

    def _call(self, track: Track) -> Outcome:
        try:
            found = self._source.find(track)
        except ProviderLimited as limit:
            self._breaker.open(limit.seconds, limit.reason)
            return self._noted("limited", Trouble.LIMITED)
        except ProviderFailed as failure:
            if not self._failing:
                log.warning("provider fails", provider=self._provider, reason=str(failure))
            self._failing = True
            return self._noted("failed", Trouble.UNAVAILABLE)
        self._failing = False
        return self._noted("hit" if found else "miss", found)

    def _noted(self, kind: str, outcome: Outcome) -> Outcome:
        CALLS.labels(self._provider, kind).inc()
        return outcome

    def _count(self, known: Known, outcomes: Mapping[str, Outcome]) -> None:
        unknown = sum(isinstance(outcome, Trouble) for outcome in outcomes.values())
        for source, songs in (("cache", len(known)), ("provider", len(outcomes) - unknown), ("none", unknown)):
            LOOKUPS.labels(self._provider, source).inc(songs)


def _outcome(flight: Flight | None) -> Outcome:
    if flight is None or not flight.done() or flight.cancelled():
        return Trouble.SLOW
    return Trouble.UNAVAILABLE if flight.exception() else flight.result()


def _known(outcomes: Mapping[str, Outcome]) -> Known:
    return {track_id: found for track_id, found in outcomes.items() if not isinstance(found, Trouble)}
