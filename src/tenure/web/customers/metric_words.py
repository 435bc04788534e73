"""A metric's definition as a sentence people can check."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.events.models import EventType
from tenure.health.counted.metrics import is_counted
from tenure.health.counted.records import LATEST_NPS, OPEN_TICKETS, TICKETS
from tenure.health.counted.rooms import counted_by_room
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.work.touches import FOLLOW_UPS, OWN_FOLLOW_UPS

_COUNTED = {
    FOLLOW_UPS: gettext_lazy("The follow-ups in %(days)s days."),
    OWN_FOLLOW_UPS: gettext_lazy("The follow-ups by whoever is in charge in %(days)s days."),
    TICKETS: gettext_lazy("The tickets opened in %(days)s days."),
    OPEN_TICKETS: gettext_lazy("The tickets that were open at the end of the day."),
    LATEST_NPS: gettext_lazy("The latest answer to NPS in %(days)s days."),
}


def sentence(spec: MetricSpec, metrics: Mapping[str, Metric]) -> str:
    """What is counted, over which days; `metrics` names the parts of a ratio."""
    what = {"events": _events(spec.events), "window": _window(spec.window_days), "property": spec.property or ""}
    match spec.kind:
        case MetricKind.COUNT:
            return _("The number of %(events)s %(window)s.") % what
        case MetricKind.ACTIVE_USERS:
            return _("The different users with at least one of %(events)s %(window)s; staff are not counted.") % what
        case MetricKind.ACTIVE_FEATURES:
            return _("The different features with at least one of %(events)s %(window)s.") % what
        case MetricKind.PROPERTY_SUM:
            return _("The sum of the property “%(property)s” of %(events)s %(window)s.") % what
        case MetricKind.DAYS_SINCE_LAST:
            return _("The days since the last of %(events)s; none %(window)s counts as that many days.") % what
        case MetricKind.OPENED_USERS:
            return _("The users seen or linked until the day, or the number the account's own data gives.")
        case MetricKind.ALL_FEATURES:
            return _("The features of the event catalogue; a value event in no feature is one of its own.")
        case MetricKind.TRAIT if counted := is_counted(spec.property or ""):
            series = {"series": counted[1], "days": counted[2]}
            if counted[2] == "1":
                return _("What imports said of “%(series)s” on the day.") % series
            if counted[3]:
                return _("The highest day of what imports said of “%(series)s” in %(days)s days.") % series
            return _("The sum of what imports said of “%(series)s” in %(days)s days.") % series
        case MetricKind.TRAIT if counted_by := counted_by_room(spec.property or ""):
            return str(_COUNTED[counted_by[0]]) % {"days": counted_by[1]}
        case MetricKind.TRAIT:
            return _("The account's own “%(property)s” as it was on the day.") % what
        case MetricKind.RATIO:
            names = {"numerator": _name(spec.numerator, metrics), "denominator": _name(spec.denominator, metrics)}
            return _("%(numerator)s ÷ %(denominator)s; no value when there is nothing to divide by.") % names


def filters(spec: MetricSpec) -> list[str]:
    """The tests on properties an event has to pass, one line each."""
    return [_filter(each) for each in spec.where]


def _filter(each: PropertyFilter) -> str:
    words = {
        Comparison.CONTAINS: _("contains"),
        Comparison.SET: _("is set"),
        Comparison.NOT_SET: _("is not set"),
    }
    value = "" if each.value is None else f" {each.value}"
    return f"{each.property} {words.get(each.comparison, each.comparison.value)}{value}"


def _events(ids: Sequence[int] | None) -> str:
    if ids is None:
        return _("value events")
    names = EventType.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True)
    return ", ".join(names) or _("no event")


def _window(days: int) -> str:
    if days == 1:
        return _("on the day")
    return ngettext("in the %(days)s day up to the day", "in the %(days)s days up to the day", days) % {"days": days}


def _name(key: str | None, metrics: Mapping[str, Metric]) -> str:
    return metric_label(metrics[key]) if key and key in metrics else str(key)
