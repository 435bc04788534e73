"""What the receiver counts, for GET /-/metrics."""

from functools import cache

from prometheus_client import Counter, Histogram

REQUESTS = Counter("tenure_receive_requests", "Event requests answered.", ["format", "outcome"])
SECONDS = Histogram(
    "tenure_receive_seconds",
    "Time from the first byte of an event request to its answer.",
    ["format"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30),
)
NOTES_LOST = Counter("tenure_receive_notes_lost", "Refused bodies not kept because too many came at once.")


@cache
def _of(wire_format: str, outcome: str) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(wire_format, outcome), SECONDS.labels(wire_format)


def count(wire_format: str, outcome: str, seconds: float) -> None:
    """One request answered. `outcome`: accepted, checked, refused, unknown_key, too_large, slow, busy or method."""
    requests, times = _of(wire_format, outcome)
    requests.inc()
    times.observe(seconds)
