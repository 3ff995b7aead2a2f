"""Recommends songs: gets candidates from the cache or the catalogue, then draws a list by policy and ranking."""

from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np

from musicalface_common.errors import InvalidRequest, UnknownTrack, UpstreamUnavailable
from musicalface_common.validation.nearest import did_you_mean
from musicalface_common.vocabulary import Mood
from recommender.cache.candidates import CandidateCache, candidates_key
from recommender.catalogue.catalogue import Catalogue
from recommender.domain.facets import Facet, Facets, genre_key, language_key
from recommender.domain.playlist import make_list
from recommender.domain.policy import Policy, Target
from recommender.domain.query import Filters, Position, Query
from recommender.domain.ranking import CANDIDATES, Candidates, Exclusions
from recommender.domain.track import Track


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A request for a list of songs. The same seed gives the same list; without a seed each list differs."""

    target: Target
    length: int
    policy: Policy
    exclude: Set[str]
    seed: int | None
    filters: Filters


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Songs in the order to play them, and why the list is degraded: `redis` (away), `few-candidates` (too few)."""

    tracks: list[Track]
    degraded: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """Songs, best first, and the position of the last song. On the last page of a search, the position is None."""

    tracks: list[Track]
    end: Position | None


class Recommender:
    """Recommends songs for a mood, and searches the whole catalogue."""

    def __init__(self, catalogue: Catalogue, cache: CandidateCache) -> None:
        self._catalogue = catalogue
        self._cache = cache

    def recommend(self, request: ListRequest) -> Recommendation:
        """Draw a list. Raises InvalidRequest for a genre or language that no song has.

        Raises UpstreamUnavailable if neither the cache nor the database has candidates.
        """
        self._check(request.filters)
        random = np.random.default_rng(None if request.seed is None else request.seed % 2**64)
        candidates_of = partial(self._candidates, request.policy, request.filters)
        excluded = Exclusions(request.exclude)
        tracks = make_list(request.policy, request.target, request.length, candidates_of, excluded, random)
        return Recommendation(tracks, self._degraded(len(tracks) < request.length))

    def search(self, query: Query, after: Position | None, limit: int) -> Page:
        """Return up to `limit` songs that follow a position in a query's result. Raises as `recommend` does."""
        self._check(query.filters)
        found = self._catalogue.search(query, after, limit + 1)
        end = found[limit - 1].position if len(found) > limit else None
        return Page([hit.track for hit in found[:limit]], end)

    def track(self, track_id: str) -> Track:
        """Return the song with this id. Raises UnknownTrack, UpstreamUnavailable."""
        track = self._catalogue.track(track_id)
        if track is None:
            raise UnknownTrack(f"no song has the id {track_id}")
        return track

    def facets(self) -> Facets:
        """Return the genres and languages that songs have. Raises UpstreamUnavailable."""
        return self._catalogue.facets()

    def dependencies(self) -> dict[str, str]:
        """Return the state of `database` and `redis` at their last use: `ok`, `away` or `not configured`."""
        database = "ok" if self._catalogue.available else "away"
        return {"database": database, "redis": self._cache.redis_state}

    def _check(self, filters: Filters) -> None:
        if filters.genres is None and filters.language is None:
            return
        # While the database is away, lists may still come from a cache.
        with suppress(UpstreamUnavailable):
            facets = self._catalogue.facets()
            for genre in filters.genres or ():
                _refuse_unknown("genre", genre, genre_key, facets.genres)
            _refuse_unknown("language", filters.language, language_key, facets.languages)

    def _candidates(self, policy: Policy, filters: Filters, mood: Mood) -> Candidates:
        candidates_for = self._strongest if policy is Policy.MATCH else self._strongest_and_sample
        key = candidates_key(self._catalogue.version, mood, filters, policy)
        return self._cache.get(key, lambda: candidates_for(mood, filters))

    def _strongest(self, mood: Mood, filters: Filters) -> list[Track]:
        return self._catalogue.candidates(mood, filters, CANDIDATES)

    def _strongest_and_sample(self, mood: Mood, filters: Filters) -> list[Track]:
        """Return the strongest songs and a sample of all songs: a lift also needs songs between two moods."""
        sample = self._catalogue.sample(mood, filters, CANDIDATES)
        return list({track.id: track for track in [*self._strongest(mood, filters), *sample]}.values())

    def _degraded(self, few: bool) -> list[str]:
        redis = ["redis"] if self._cache.redis_state == "away" else []
        return redis + (["few-candidates"] if few else [])


def _refuse_unknown(fact: str, value: str | None, key_of: Callable[[str], str], known: Facet) -> None:
    if value is not None and key_of(value) not in known.values:
        near = did_you_mean(value, known.values.values()) or f" ({fact}s lists those that have some)"
        raise InvalidRequest(f"{fact}: no song has this {fact}{near}")
