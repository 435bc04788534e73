"""What the form offers: kinds, events and features found by a search, properties seen, metrics to divide."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tenure.accounts.models import Fact
from tenure.core.metrics import Comparison, MetricKind
from tenure.events.access import event_types_for, features_for
from tenure.events.models import EventClass, EventProperty
from tenure.health.metrics import metrics_in_use
from tenure.health.naming import metric_label
from tenure.people.models import Member
from tenure.web.metrics.draft import Draft

MOST_FOUND = 12
MOST_FEATURES = 4
MOST_PROPERTIES = 200
MOST_SAMPLED = 200  # events whose samples are looked at
MOST_SAMPLES = 30


def field_choices(
    draft: Draft, member: Member, search: str, of_key: str, problems: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The context of web/metrics/fields.html. `of_key`: the metric that is edited, if any; `problems` by field."""
    problems = problems or {}
    search = search.replace("\0", "").strip()[:200]
    return {
        "draft": draft,
        "problems": problems,
        "filters": [
            (each, problems.get(f"filter-{n}", ""), _samples(each.name, draft)) for n, each in enumerate(draft.filters)
        ],
        "of_key": of_key,
        "kinds": _kinds(),
        "comparisons": _comparisons(),
        "chosen": list(event_types_for(member).filter(pk__any_of=list(draft.events)).order_by("name")),
        "properties": _properties(draft),
        "ratio_parts": _ratio_parts(of_key),
        **_found(draft, member, search),
    }


def _found(draft: Draft, member: Member, search: str) -> dict[str, Any]:
    """Events and features by part of their name; value events at first. A catalogue may have 5,000 names."""
    events = event_types_for(member).exclude(pk__in=draft.events)
    features = features_for(member).filter(pk__in=events.exclude(feature=None).values("feature"))
    if search:
        events, features = events.filter(name__icontains=search), features.filter(name__icontains=search)
    ordered = events.order_by("-event_class", "name")
    return {
        "search": search,
        "found_events": ordered[:MOST_FOUND],
        "found_features": features.annotate(size=Count("events")).order_by("name")[:MOST_FEATURES],
        "found_more": max(0, events.count() - MOST_FOUND),
        "no_events": not event_types_for(member).exists(),
    }


def _properties(draft: Draft) -> list[str]:
    """Names to choose from: of the events in question, the most frequent first; of accounts for an attribute."""
    if draft.kind is MetricKind.TRAIT:
        return sorted(set(Fact.objects.order_by().values_list("field", flat=True).distinct()[:MOST_PROPERTIES]))
    counted = EventProperty.objects.filter(_in_question(draft)).values_list("name").annotate(events=Count("pk"))
    return [name for name, _events in counted.order_by("-events", "name")[:MOST_PROPERTIES]]


def _samples(name: str, draft: Draft) -> list[str]:
    """Values the property was seen with, to choose from."""
    seen = EventProperty.objects.filter(_in_question(draft), name=name) if name else EventProperty.objects.none()
    values = [value for samples in seen.values_list("samples", flat=True)[:MOST_SAMPLED] for value in samples]
    return sorted({str(value).lower() if isinstance(value, bool) else str(value) for value in values})[:MOST_SAMPLES]


def _in_question(draft: Draft) -> Q:
    return Q(event__in=draft.events) if draft.chosen else Q(event__event_class=EventClass.VALUE)


def _ratio_parts(of_key: str) -> list[tuple[str, str]]:
    """(key, name) of the metrics a ratio may be made of, by name."""
    metrics = metrics_in_use().values()
    parts = [(each.key, metric_label(each)) for each in metrics if each.spec["kind"] != MetricKind.RATIO]
    return sorted((part for part in parts if part[0] != of_key), key=lambda part: part[1].casefold())


def _kinds() -> list[tuple[MetricKind, str, str]]:
    """(kind, its name, what it answers)"""
    return [
        (MetricKind.COUNT, _("Events"), _("How often something happened.")),
        (MetricKind.ACTIVE_USERS, _("Active users"), _("How many different people did it.")),
        (MetricKind.ACTIVE_FEATURES, _("Active features"), _("How many different features were used.")),
        (MetricKind.PROPERTY_SUM, _("Sum of a property"), _("How much in all: rows exported, amounts ordered.")),
        (MetricKind.DAYS_SINCE_LAST, _("Days since the last"), _("How long ago it happened last.")),
        (MetricKind.RATIO, _("Ratio of two metrics"), _("One number for each of another: exports per user.")),
        (MetricKind.TRAIT, _("Attribute of the customer"), _("A number your own systems send: seats, amount due.")),
    ]


def _comparisons() -> list[tuple[str, str]]:
    words = {
        Comparison.IS: _("is"),
        Comparison.IS_NOT: _("is not"),
        Comparison.CONTAINS: _("contains"),
        Comparison.SET: _("is set"),
        Comparison.NOT_SET: _("is not set"),
        Comparison.AT_LEAST: "≥",
        Comparison.AT_MOST: "≤",
    }
    return [(each.value, words.get(each, each.value)) for each in Comparison]
