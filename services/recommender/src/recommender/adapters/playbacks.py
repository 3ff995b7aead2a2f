"""Where songs play, as a provider said, kept in the cache; also that it has no such song."""

from collections.abc import Iterable, Sequence

import structlog
from pydantic import TypeAdapter, ValidationError

from recommender.adapters.cache import Cache
from recommender.domain.playback import Playback
from recommender.domain.provider import Provider

DAY_SECONDS = 86_400
MISS_SECONDS = DAY_SECONDS // 4
# YouTube has a hundred searches a day, and its terms allow thirty days.
HIT_SECONDS = {Provider.SPOTIFY: DAY_SECONDS, Provider.YOUTUBE: 30 * DAY_SECONDS, Provider.SOUNDCLOUD: DAY_SECONDS}

# By track id; None: the provider has no such song.
Known = dict[str, Playback | None]

log = structlog.get_logger("musicalface.cache")
_json = TypeAdapter(Playback)


class PlaybackCache:
    """What is known of songs at one provider."""

    def __init__(self, provider: Provider, cache: Cache) -> None:
        self._cache = cache
        self._match = f"mf:{provider}:match:v1:"
        self._miss = f"mf:{provider}:miss:v1:"
        self._hit_seconds = HIT_SECONDS[provider]

    def get_many(self, ids: Sequence[str]) -> Known:
        """Return what is known, asking Redis at most once for all that memory does not know."""
        known = self.peek(ids)
        missing = [each for each in ids if each not in known]
        if not missing:
            return known
        return known | self._known(missing, self._cache.get_many(self._keys(missing)))

    def peek(self, ids: Sequence[str]) -> Known:
        """Return what memory knows; waits for nothing."""
        return self._known(ids, self._cache.peek(self._keys(ids)))

    def set(self, track_id: str, playback: Playback | None) -> None:
        """Keep where a song plays, or that the provider has no such song."""
        if playback is None:
            self._cache.set(self._miss + track_id, b"1", MISS_SECONDS)
        else:
            self._cache.set(self._match + track_id, _json.dump_json(playback), self._hit_seconds)

    def _keys(self, ids: Iterable[str]) -> list[str]:
        return [kind + each for each in ids for kind in (self._match, self._miss)]

    def _known(self, ids: Iterable[str], values: dict[str, bytes]) -> Known:
        known: Known = {}
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
        log.warning("unreadable playback in redis, asked for anew")
        return None
