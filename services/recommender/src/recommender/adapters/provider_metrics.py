"""What providers are asked, and what they answer, as Prometheus metrics."""

from prometheus_client import Counter, Gauge

CALLS = Counter(
    "musicalface_provider_calls", "Songs asked of a provider: hit, miss, limited, failed", ["provider", "outcome"]
)
LIMITED = Gauge("musicalface_provider_limited", "1 while a provider wants no calls", ["provider"])
LOOKUPS = Counter(
    "musicalface_playback_lookups",
    "Songs of answers by what said where they play: cache, provider, none",
    ["provider", "source"],
)
