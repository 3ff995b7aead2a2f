"""The header by which a provider says for how long it wants no calls (RFC 9110, 10.2.3)."""


def retry_after(said: str) -> float | None:
    """Return the seconds that a Retry-After names, None where it names none."""
    return float(said) if said.isascii() and said.isdigit() else None
