"""What a metric is called."""

from django.utils.translation import get_language, gettext

from tenure.health.models import Metric


def metric_label(metric: Metric) -> str:
    """The metric's name in the person's language, as far as it is known."""
    return gettext(metric.name) if metric.built_in else metric.names.get(get_language() or "") or metric.name
