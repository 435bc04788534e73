"""A metric's definition as a JSON document and back: closed keys, limits, and only what its kind can use."""

from tenure.core.document import BadDocument, Document
from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter

JSON = dict[str, object]

LONGEST_WINDOW = 400
MOST_EVENTS = 500
MOST_FILTERS = 20

OF_EVENTS = frozenset(
    {
        MetricKind.COUNT,
        MetricKind.ACTIVE_USERS,
        MetricKind.ACTIVE_FEATURES,
        MetricKind.PROPERTY_SUM,
        MetricKind.DAYS_SINCE_LAST,
    }
)
_WITH_PROPERTY = frozenset({MetricKind.PROPERTY_SUM, MetricKind.TRAIT})
_PROPERTY_ALLOWED = _WITH_PROPERTY | {MetricKind.OPENED_USERS}
_ORDERS = frozenset({Comparison.ABOVE, Comparison.AT_LEAST, Comparison.BELOW, Comparison.AT_MOST})
_WITHOUT_VALUE = frozenset({Comparison.SET, Comparison.NOT_SET})


def to_document(spec: MetricSpec) -> JSON:
    document: JSON = {"kind": spec.kind.value}
    if spec.kind in OF_EVENTS:
        document["window_days"] = spec.window_days
    if spec.events is not None:
        document["events"] = list(spec.events)
    if spec.where:
        document["where"] = [_filter(each) for each in spec.where]
    for key in ("property", "numerator", "denominator"):
        if getattr(spec, key) is not None:
            document[key] = getattr(spec, key)
    return document


def from_document(value: object, path: str = "") -> MetricSpec:
    """Reads a definition; raises BadDocument with the dotted path of what cannot be used."""
    document = Document(value, path)
    kind = document.choice("kind", MetricKind)
    spec = MetricSpec(
        kind=kind,
        window_days=_read_window(document) if kind in OF_EVENTS else MetricSpec.window_days,
        events=tuple(document.wholes("events", MOST_EVENTS))
        if kind in OF_EVENTS and document.optional("events")
        else None,
        where=_read_filters(document) if kind in OF_EVENTS and document.optional("where") else (),
        property=_read_property(document, kind),
        numerator=document.text("numerator", 60) if kind is MetricKind.RATIO else None,
        denominator=document.text("denominator", 60) if kind is MetricKind.RATIO else None,
    )
    document.close()
    if spec.events == ():
        raise BadDocument(document.at("events"), "must name an event, or be left out for all value events.")
    return spec


def _filter(each: PropertyFilter) -> JSON:
    document: JSON = {"property": each.property, "comparison": each.comparison.value}
    if each.value is not None:
        document["value"] = each.value
    return document


def _read_window(document: Document) -> int:
    return document.whole("window_days", 1, LONGEST_WINDOW) if document.optional("window_days") else 28


def _read_property(document: Document, kind: MetricKind) -> str | None:
    if kind in _WITH_PROPERTY or (kind in _PROPERTY_ALLOWED and document.optional("property")):
        return document.text("property")
    return None


def _read_filters(document: Document) -> tuple[PropertyFilter, ...]:
    return tuple(_read_filter(each) for each in document.objects("where", MOST_FILTERS))


def _read_filter(document: Document) -> PropertyFilter:
    name, comparison = document.text("property"), document.choice("comparison", Comparison)
    value: str | float | bool | None = None
    if comparison in _ORDERS:
        value = document.number("value", -1e15, 1e15)
    elif comparison not in _WITHOUT_VALUE:
        value = document.scalar("value")
    document.close()
    return PropertyFilter(name, comparison, value)
