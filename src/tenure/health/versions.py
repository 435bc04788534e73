"""A metric changes by a new version: a new row and, in the warehouse, a new column."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from tenure.core.metrics import MetricSpec
from tenure.health.metric_document import to_document
from tenure.health.models import Metric
from tenure.lib import clock
from tenure.people.models import Member


def add_version(
    key: str,
    name: str,
    spec: MetricSpec,
    unit: str,
    *,
    is_key: bool,
    built_in: bool,
    actor: Member | None,
    names: Mapping[str, str] | None = None,
) -> Metric:
    """Writes the next version of a metric and retires the one before. The specification must have been checked."""
    with transaction.atomic():
        versions = Metric.objects.filter(key=key)
        latest = versions.aggregate(latest=Max("version"))["latest"] or 0
        versions.filter(retired_at=None).update(retired_at=clock.now(), retired_by=actor)
        return Metric.objects.create(
            key=key,
            version=latest + 1,
            name=name,
            names=dict(names or {}),
            spec=to_document(spec),
            unit=unit,
            built_in=built_in,
            is_key=is_key,
            created_by=actor,
        )
