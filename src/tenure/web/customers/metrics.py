"""The metrics that lists and pages show."""

from tenure.health.models import Metric


def current_metrics() -> dict[str, Metric]:
    """The latest version of each metric in use, by key, in the order in which they were first defined."""
    metrics: dict[str, Metric] = {}
    for metric in Metric.objects.filter(retired_at=None).order_by("version", "pk"):
        metrics[metric.key] = metric
    return metrics
