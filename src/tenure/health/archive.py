"""Archiving a metric of one's own, and the way back. Its versions and their numbers stay."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.core.health_document import from_document
from tenure.health.metrics import metrics_in_use
from tenure.health.models import HealthDefinition, Metric
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member

ARCHIVED = verb("metric.archived", gettext_lazy("{by} archived the metric {subject}"), False)
RESTORED = verb("metric.restored", gettext_lazy("{by} put the metric {subject} back into use"), False)


class MetricNeeded(TenureError):
    """A health definition or another metric is made of it."""


class PartGone(TenureError):
    """A ratio cannot come back while a metric it is made of is archived."""


def archive_metric(metric: Metric, actor: Member | None) -> None:
    """Takes a metric out of use: no column, no measuring. Raises MetricNeeded. Archiving it again changes nothing."""
    with transaction.atomic():
        if users := [each.name for each in ratios_of(metric.key)]:
            raise MetricNeeded(_("%(names)s is made of it. Archive that first.") % {"names": ", ".join(users)})
        if metric.built_in or metric.key in keys_of_health():
            raise MetricNeeded(_("Health is made of it, so it cannot be archived."))
        if Metric.objects.filter(key=metric.key, retired_at=None).update(retired_at=clock.now(), retired_by=actor):
            record(ARCHIVED, actor, subject=Subject("metric", metric.pk, metric.name))


def restore_metric(key: str, actor: Member | None) -> Metric:
    """Puts an archived metric's latest version back into use and has the days in between computed. Raises PartGone."""
    with transaction.atomic():
        metric = Metric.objects.filter(key=key).latest("version")
        if metric.retired_at is None:
            return metric
        known = metrics_in_use()
        gone = [part for part in (metric.spec.get("numerator"), metric.spec.get("denominator")) if part]
        if any(part not in known for part in gone):
            raise PartGone(_("A metric it is made of is archived. Restore that first."))
        metric.retired_at, metric.retired_by = None, None
        metric.save(update_fields=["retired_at", "retired_by"])
        enqueue("close_history", key="close_history", actor=actor)
        record(RESTORED, actor, subject=Subject("metric", metric.pk, metric.name))
    return metric


def ratios_of(key: str) -> list[Metric]:
    """The ratios in use that are made of this metric."""
    return [
        metric
        for metric in metrics_in_use().values()
        if key in (metric.spec.get("numerator"), metric.spec.get("denominator"))
    ]


def keys_of_health() -> set[str]:
    """Keys of the metrics any health definition is made of, earlier versions too: past days are scored by them."""
    documents = HealthDefinition.objects.filter(retired_at=None).values_list("document", flat=True)
    return {key for document in documents for key in from_document(document).metrics}
