"""Caches where songs play, and which songs a provider does not have."""

from collections.abc import Iterable, Sequence

import structlog
from pydantic import TypeAdapter, ValidationError

from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import KnownPlaybacks, Playback
from recommender.domain.provider import Provider

DAY_SECONDS = 86_400
MISS_SECONDS = DAY_SECONDS // 4
# YouTube allows a hundred searches a day, and its terms allow keeping results for thirty days.
MATCH_SECONDS = {Provider.SPOTIFY: DAY_SECONDS, Provider.YOUTUBE: 30 * DAY_SECONDS, Provider.SOUNDCLOUD: DAY_SECONDS}

log = structlog.get_logger("musicalface.cache")
_json = TypeAdapter(Playback)


class PlaybackCache:
    """Caches the playbacks of one provider for 1 or 30 days, and the songs that it does not have (misses) for 6 h."""

    def __init__(self, provider: Provider, cache: TwoLevelCache) -> None:
        self._cache = cache
        self._match = f"mf:{provider}:match:v1:"
        self._miss = f"mf:{provider}:miss:v1:"
        self._match_seconds = MATCH_SECONDS[provider]

    def get_many(self, ids: Sequence[str]) -> KnownPlaybacks:
        """Return the cached playbacks and misses of these songs. One round trip to Redis gets all that memory lacks."""
        known = self.peek(ids)
        missing = [each for each in ids if each not in known]
        if not missing:
            return known
        return {**known, **self._known(missing, self._cache.get_many(self._keys(missing)))}

    def peek(self, ids: Sequence[str]) -> KnownPlaybacks:
        """Return the playbacks and misses of these songs that memory holds. Does not ask Redis."""
        return self._known(ids, self._cache.peek(self._keys(ids)))

    def set(self, track_id: str, playback: Playback | None) -> None:
        """Store where a song plays. None means that the provider does not have it."""
        if playback is None:
            self._cache.set(self._miss + track_id, b"1", MISS_SECONDS)
        else:
            self._cache.set(self._match + track_id, _json.dump_json(playback), self._match_seconds)

    def _keys(self, ids: Iterable[str]) -> list[str]:
        return [prefix + each for each in ids for prefix in (self._match, self._miss)]

    def _known(self, ids: Iterable[str], values: dict[str, bytes]) -> KnownPlaybacks:
        known: dict[str, Playback | None] = {}
        for each in ids:
            if self._match + each in values and (playback := _decoded(values[self._match + each])):
                known[each] = playback
            elif self._miss + each in values:
                known[each] = None
        return known


def _decoded(value: bytes) -> Playback | None:
    try:
        return _json.validate_json(value)
    except ValidationError:
        log.warning("playback in redis is unreadable, asking the provider again")
        return None
