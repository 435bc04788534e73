"""The metrics in use, and defining one's own."""

import re
from collections.abc import Mapping
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.core.document import BadDocument, Document
from tenure.core.metrics import MetricKind, MetricSpec
from tenure.events.models import EventType
from tenure.health.metric_document import OF_EVENTS, from_document
from tenure.health.models import Metric
from tenure.health.versions import add_version
from tenure.jobs.queue import enqueue
from tenure.people.models import Member
from tenure.remembered.remember import remembered
from tenure.warehouse.store import MetricColumn

DEFINED = verb("metric.defined", gettext_lazy("{by} defined the metric {subject}, version {version}"), False)

UNITS = ("count", "users", "features", "days", "share")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


@remembered
def metrics_in_use() -> Mapping[str, Metric]:
    """The current version of every metric by key, in the order in which they were first defined."""
    return {metric.key: metric for metric in Metric.objects.filter(retired_at=None).order_by("pk")}


def column_of(metric: Metric) -> MetricColumn:
    """The metric as the warehouse measures it."""
    return MetricColumn(metric.pk, metric.key, from_document(metric.spec))


def metric_columns() -> list[MetricColumn]:
    """All metrics in use as the warehouse measures them."""
    return [column_of(metric) for metric in metrics_in_use().values()]


def longest_window(columns: list[MetricColumn]) -> int:
    """Days of the longest look-back: so far ahead a changed day changes numbers."""
    return max((column.spec.window_days for column in columns if column.spec.kind in OF_EVENTS), default=1)


def define_metric(document: object, actor: Member | None) -> Metric:
    """Adds a metric, or a new version of one's own, and has its past computed by a job.

    `document`: {key, name, names?, unit, is_key?, spec}; `names` are in other languages, by code; `spec.events` names
    events as they are called. A document that says what is true already adds nothing. Raises BadDocument with the path
    of what cannot be used.
    """
    top = Document(document)
    key = top.text("key", 60)
    name = top.text("name", 120)
    names = _read_names(top.nested("names")) if top.optional("names") else {}
    unit = top.text("unit", 20)
    is_key = top.optional("is_key") and top.scalar("is_key") is True
    spec = read_spec(top.mapping("spec"), of_key=key)
    top.close()
    _check(key, unit)
    current = metrics_in_use().get(key)
    if current and _says(current) == (name, names, unit, is_key, spec):
        return current
    with transaction.atomic():
        metric = add_version(key, name, spec, unit, is_key=is_key, built_in=False, actor=actor, names=names)
        enqueue("close_history", key="close_history", actor=actor)
        subject = Subject("metric", metric.pk, metric.name)
        record(DEFINED, actor, subject=subject, detail={"key": key, "version": metric.version})
    return metric


def read_spec(spec: Mapping[str, object], of_key: str = "") -> MetricSpec:
    """What a document's `spec` measures; `of_key` is the metric it defines. Raises BadDocument, paths from `spec`."""
    found = from_document(_with_event_ids(spec, "spec"), "spec")
    metrics = metrics_in_use()
    for part in ("numerator", "denominator"):
        named = getattr(found, part)
        if named is None:
            continue
        if named not in metrics or named == of_key:
            raise BadDocument(f"spec.{part}", f"there is no metric {named}.")
        if metrics[named].spec["kind"] == MetricKind.RATIO:
            raise BadDocument(f"spec.{part}", f"{named} is a ratio itself; name a metric that is none.")
    return found


def _says(metric: Metric) -> tuple[str, dict[str, str], str, bool, MetricSpec]:
    return metric.name, metric.names, metric.unit, metric.is_key, from_document(metric.spec)


def _read_names(document: Document) -> dict[str, str]:
    codes = [code for code, _ in settings.LANGUAGES if document.optional(code)]
    names = {code: document.text(code, 120) for code in codes}
    document.close()
    return names


def _check(key: str, unit: str) -> None:
    metrics = metrics_in_use()
    if not _KEY.fullmatch(key):
        raise BadDocument("key", "must be small letters, digits and _, beginning with a letter.")
    if key in metrics and metrics[key].built_in:
        raise BadDocument("key", f"{key} is a built-in metric; take another key.")
    if unit not in UNITS:
        raise BadDocument("unit", f"must be one of {', '.join(UNITS)}.")


def _with_event_ids(spec: Mapping[str, object], path: str) -> dict[str, object]:
    names = spec.get("events")
    if not isinstance(names, list):
        return dict(spec)
    known = dict(EventType.objects.filter(name__in=[str(each) for each in names]).values_list("name", "pk"))
    for n, each in enumerate(names):
        if each not in known:
            raise BadDocument(f"{path}.events[{n}]", f"no event is called {each!r}.")
    return {**spec, "events": [known[cast(str, each)] for each in names]}
