"""Prometheus metrics of calls to providers, and of look-ups."""

from prometheus_client import Counter, Gauge

CALLS = Counter(
    "musicalface_provider_calls", "Calls to a provider by outcome: hit, miss, limited, failed", ["provider", "outcome"]
)
LIMITED = Gauge("musicalface_provider_limited", "1 while a provider limits calls", ["provider"])
LOOKUPS = Counter(
    "musicalface_playback_lookups",
    "Songs looked up, by where the result came from: cache, provider, none",
    ["provider", "source"],
)
