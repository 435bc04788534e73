"""A metric as it stands in the form: what was typed, readable or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from tenure.core.metrics import MetricKind
from tenure.health.metric_document import MOST_EVENTS, MOST_FILTERS, OF_EVENTS, from_document
from tenure.health.models import Metric
from tenure.lib.whole import wholes

KINDS = (
    MetricKind.COUNT,
    MetricKind.ACTIVE_USERS,
    MetricKind.ACTIVE_FEATURES,
    MetricKind.PROPERTY_SUM,
    MetricKind.DAYS_SINCE_LAST,
    MetricKind.RATIO,
    MetricKind.TRAIT,
)
OTHER_LANGUAGE = "zh-hans"  # the language a second name is asked in; the first stands for all others


@dataclass(frozen=True)
class DraftFilter:
    """One test on the property called `name`; empty at first."""

    name: str = ""
    comparison: str = "="
    value: str = ""

    @property
    def is_empty(self) -> bool:
        """A row nobody has begun to fill in: it says nothing and is left out."""
        return not self.name and not self.value

    @property
    def needs_value(self) -> bool:
        return self.comparison not in ("set", "not set")


@dataclass(frozen=True)
class Draft:
    """`chosen` False: all value events, whatever `events` (their keys) holds. `share`: a ratio is shown as per cent."""

    name: str = ""
    other_name: str = ""
    kind: MetricKind = MetricKind.COUNT
    window: str = "28"
    chosen: bool = False
    events: Sequence[int] = ()
    of_property: str = ""  # summed, or the account's attribute
    numerator: str = ""
    denominator: str = ""
    share: bool = False
    is_key: bool = True
    filters: Sequence[DraftFilter] = field(default_factory=tuple)

    @property
    def of_events(self) -> bool:
        return self.kind in OF_EVENTS

    @classmethod
    def read(cls, data: QueryDict) -> "Draft":
        """What a form sent; a kind nobody knows is a count."""
        kind = data.get("kind", "")
        return cls(
            name=_text(data, "name"),
            other_name=_text(data, "other_name"),
            kind=MetricKind(kind) if kind in KINDS else MetricKind.COUNT,
            window=_text(data, "window_days"),
            chosen=data.get("which") == "chosen",
            events=_keys(data.getlist("event"))[:MOST_EVENTS],
            of_property=_text(data, "property"),
            numerator=_text(data, "numerator"),
            denominator=_text(data, "denominator"),
            share="share" in data,
            is_key="is_key" in data,
            filters=_filters(data),
        )

    @classmethod
    def of(cls, metric: Metric) -> "Draft":
        """The form of a metric that exists."""
        spec = from_document(metric.spec)
        return cls(
            name=metric.name,
            other_name=metric.names.get(OTHER_LANGUAGE, ""),
            kind=spec.kind,
            window=str(spec.window_days),
            chosen=spec.events is not None,
            events=spec.events or (),
            of_property=spec.property or "",
            numerator=spec.numerator or "",
            denominator=spec.denominator or "",
            share=metric.unit == "share",
            is_key=metric.is_key,
            filters=[DraftFilter(each.property, each.comparison, _written(each.value)) for each in spec.where],
        )

    def changed(self, pressed: Mapping[str, str], events_of_feature: Sequence[int] = ()) -> "Draft":
        """After a button of the form: add_event, remove_event, add_feature, add_filter or remove_filter."""
        events, filters = list(self.events), list(self.filters)
        added = [*_keys([pressed.get("add_event", "")]), *events_of_feature]
        events += [event for event in added if event not in events]
        gone = _keys([pressed.get("remove_event", "")])
        if "add_filter" in pressed and len(filters) < MOST_FILTERS:
            filters.append(DraftFilter())
        for place in _keys([pressed.get("remove_filter", "")]):
            del filters[place : place + 1]
        kept = [event for event in events if event not in gone][:MOST_EVENTS]
        return replace(self, events=kept, filters=filters)


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\0", "").strip()[:300]


def _keys(texts: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(wholes(texts)))


def _filters(data: QueryDict) -> list[DraftFilter]:
    columns = [data.getlist(f"where_{name}") for name in ("property", "comparison", "value")]
    rows = list(zip(*columns, strict=False))[:MOST_FILTERS]
    return [DraftFilter(*(each.replace("\0", "").strip()[:200] for each in row)) for row in rows]


def _written(value: str | float | bool | None) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
