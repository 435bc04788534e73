"""From what stands in the form to a document `define_metric` takes, or to what is wrong, by field."""

import re
from collections.abc import Collection, Mapping
from math import isfinite

from django.utils.text import slugify
from django.utils.translation import gettext as _

from tenure.core.document import BadDocument
from tenure.core.metrics import Comparison, MetricKind, MetricSpec
from tenure.events.models import EventProperty, EventType
from tenure.health.metric_document import LONGEST_WINDOW
from tenure.health.metrics import read_spec
from tenure.health.models import Metric
from tenure.lib.whole import whole
from tenure.web.metrics.draft import OTHER_LANGUAGE, Draft, DraftFilter

JSON = dict[str, object]
_UNITS = {
    MetricKind.ACTIVE_USERS: "users",
    MetricKind.ACTIVE_FEATURES: "features",
    MetricKind.DAYS_SINCE_LAST: "days",
}
_ORDERS = (Comparison.ABOVE, Comparison.AT_LEAST, Comparison.BELOW, Comparison.AT_MOST)


class BadDraft(ValueError):
    """A form cannot be used. `problems` says what is wrong, by field; those of filters are filter-0, filter-1 …"""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def metric_document(draft: Draft, key: str) -> JSON:
    """The document of health.metrics.define_metric. Raises BadDraft."""
    problems = {}
    if not draft.name:
        problems["name"] = _("Give it a name.")
    for field, name in (("name", draft.name), ("other_name", draft.other_name)):
        if len(name) > 120:
            problems[field] = _("At most 120 characters.")
    try:
        draft_spec(draft, key)
    except BadDraft as error:
        problems |= error.problems
    if problems:
        raise BadDraft(problems)
    document: JSON = {
        "key": key,
        "name": draft.name,
        "unit": unit_of(draft),
        "is_key": draft.is_key,
        "spec": _spec(draft),
    }
    if draft.other_name:
        document["names"] = {OTHER_LANGUAGE: draft.other_name}
    return document


def draft_spec(draft: Draft, key: str = "") -> MetricSpec:
    """What the form measures, before it has a name. Raises BadDraft."""
    problems = _problems(draft)
    if problems:
        raise BadDraft(problems)
    try:
        return read_spec(_spec(draft), of_key=key)
    except BadDocument as error:
        # Only what another person changed meanwhile comes this far: a metric archived, an event gone.
        raise BadDraft({error.path.removeprefix("spec.").partition("[")[0]: error.problem}) from error


def new_key(name: str) -> str:
    """A key no metric has had yet, from the name: big_exports, big_exports_2; metric, metric_2 from other scripts."""
    plain = re.sub(r"[^a-z0-9]+", "_", slugify(name)).strip("_")[:50]
    start = plain if plain[:1].isalpha() else f"metric_{plain}".rstrip("_")
    taken = set(Metric.objects.filter(key__startswith=start).values_list("key", flat=True))
    numbers = iter(range(2, len(taken) + 3))
    key = start
    while key in taken:
        key = f"{start}_{next(numbers)}"
    return key


def _problems(draft: Draft) -> dict[str, str]:
    problems = {}
    if draft.of_events:
        if not 1 <= (whole(draft.window) or 0) <= LONGEST_WINDOW:
            problems["window_days"] = _("A whole number of days from 1 to %(most)s.") % {"most": LONGEST_WINDOW}
        if draft.chosen and not draft.events:
            problems["events"] = _("Choose at least one event, or all value events.")
        problems |= _problems_of_filters(draft)
    if draft.kind in (MetricKind.PROPERTY_SUM, MetricKind.TRAIT) and not draft.of_property:
        problems["property"] = _("Name the property.")
    if len(draft.of_property) > 200:
        problems["property"] = _("At most 200 characters.")
    if draft.kind is MetricKind.RATIO:
        for part in ("numerator", "denominator"):
            if not getattr(draft, part):
                problems[part] = _("Choose a metric.")
    return problems


def _problems_of_filters(draft: Draft) -> dict[str, str]:
    return {f"filter-{n}": problem for n, each in enumerate(draft.filters) if (problem := _problem_of_filter(each))}


def _problem_of_filter(each: DraftFilter) -> str:
    if each.is_empty:
        return ""
    if not each.name:
        return _("Name the property, or take the filter away.")
    if each.comparison not in list(Comparison):
        return _("Choose how to compare.")
    if each.comparison in _ORDERS and _number(each.value) is None:
        return _("This comparison needs a number.")
    if each.needs_value and not each.value:
        return _("Say which value.")
    return ""


def _spec(draft: Draft) -> JSON:
    spec: JSON = {"kind": draft.kind.value}
    if draft.of_events:
        spec["window_days"] = int(draft.window)
        if draft.chosen:
            names = EventType.objects.in_bulk(list(draft.events))
            spec["events"] = [names[event].name for event in draft.events if event in names]
        if tests := [_filter(each, _types(each.name, draft)) for each in draft.filters if not each.is_empty]:
            spec["where"] = tests
    if draft.kind in (MetricKind.PROPERTY_SUM, MetricKind.TRAIT):
        spec["property"] = draft.of_property
    if draft.kind is MetricKind.RATIO:
        spec |= {"numerator": draft.numerator, "denominator": draft.denominator}
    return spec


def _filter(each: DraftFilter, types: Collection[str]) -> JSON:
    test: JSON = {"property": each.name, "comparison": each.comparison}
    if each.needs_value:
        test["value"] = _value(each, types)
    return test


def _value(each: DraftFilter, types: Collection[str]) -> str | float | bool:
    """As a number or a truth where the property was seen to be one, or nothing is known of it; else as text."""
    number = _number(each.value)
    if each.comparison in _ORDERS and number is not None:
        return number
    if number is not None and each.comparison != Comparison.CONTAINS and (not types or "number" in types):
        return number
    if each.value in ("true", "false") and "boolean" in types:
        return each.value == "true"
    return each.value


def _types(name: str, draft: Draft) -> set[str]:
    """The types the property was seen with on the events in question."""
    seen = EventProperty.objects.filter(name=name)
    if draft.chosen:
        seen = seen.filter(event__any_of=list(draft.events))
    return {each for types in seen.values_list("types", flat=True)[:1000] for each in types}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) <= 1e15 else None


def unit_of(draft: Draft) -> str:
    """The unit its values are shown in."""
    if draft.kind is MetricKind.RATIO and draft.share:
        return "share"
    return _UNITS.get(draft.kind, "count")
