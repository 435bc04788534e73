"""The fields of this installation that conditions can ask about, named for people and grouped for the editor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from tenure.accounts.assignments.reading import roles_in_use
from tenure.accounts.fields.reading import cards_in_use
from tenure.accounts.models import Account, FieldType
from tenure.accounts.models import Field as ProfileField
from tenure.core.conditions.fields import DayColumn, FactField, Field, FirstDay, Given
from tenure.core.conditions.fields import FieldType as Type
from tenure.core.metrics import MetricKind
from tenure.health.counted.metrics import window_of
from tenure.health.metric_document import OF_EVENTS
from tenure.health.metrics import metrics_in_use
from tenure.health.models import Metric
from tenure.health.naming import metric_label
from tenure.people.models import Member
from tenure.segments.undescribed import undescribed_types
from tenure.ui.states import LOOKS
from tenure.warehouse.schema import metric_column

_TYPES: Mapping[str, Type] = {
    FieldType.NUMBER: Type.NUMBER,
    FieldType.MONEY: Type.MONEY,
    FieldType.DATE: Type.DATE,
    FieldType.CHOICE: Type.CHOICE,
    FieldType.CHOICES: Type.CHOICES,
    FieldType.MEMBER: Type.MEMBER,
    FieldType.YES_NO: Type.YES_NO,
}  # any other is text
_UNITS = {"share": Type.SHARE, "days": Type.DAYS}  # any other of a metric's is a number


@dataclass(frozen=True)
class Entry:
    """A field with its names. `options` are (value, name) of a choice; `unit` and `currency` stand beside numbers."""

    field: Field
    name: str
    options: Sequence[tuple[str, str]] = ()
    unit: str = ""
    currency: str = ""


@dataclass(frozen=True)
class Group:
    key: str
    name: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Catalogue:
    """`members`: (id, name) of those who work here now, as options of member fields."""

    groups: Sequence[Group]
    members: Sequence[tuple[int, str]] = field(default=())

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        return {entry.field.key: entry for group in self.groups for entry in group.entries}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """What core.conditions.document.from_document reads over."""
        return {key: entry.field for key, entry in self.entries.items()}


def read_catalogue() -> Catalogue:
    """The catalogue as it is now, in the person's language."""
    cards = cards_in_use()
    described = {each.key for card in cards for each in card.fields}
    groups = [
        Group("health", _("Health"), _health()),
        Group("metrics", _("Metrics"), list(_metrics(metrics_in_use()))),
        Group("people", _("People in charge"), list(_people())),
        Group("account", _("Customer"), [Entry(Field("account.first_day", Type.DATE, FirstDay()), _("First seen"))]),
        *(Group(f"card.{each.card.key}", str(each.card), [_profile(one) for one in each.fields]) for each in cards),
        Group("attributes", _("Other attributes"), list(_attributes(described))),
    ]
    members = Member.objects.filter(is_active=True).order_by("name", "email")
    return Catalogue([group for group in groups if group.entries], [(member.pk, str(member)) for member in members])


def _health() -> list[Entry]:
    options = [(state.name.lower(), str(look.word)) for state, look in LOOKS.items()]
    codes = {state.name.lower(): int(state) for state in LOOKS}
    state = Field("health.state", Type.CHOICE, DayColumn("health_state", codes), options=tuple(codes))
    return [
        Entry(Field("health.score", Type.NUMBER, DayColumn("health_score")), _("Health score")),
        Entry(state, _("Health"), options),
    ]


def _metrics(metrics: Mapping[str, Metric]) -> Iterable[Entry]:
    for key, metric in metrics.items():
        if metric.spec.get("kind") == MetricKind.ALL_FEATURES:
            continue  # the same for every account
        type, source = _UNITS.get(metric.unit, Type.NUMBER), DayColumn(metric_column(metric.pk))
        found = Field(f"metric.{key}", type, source, window_days=_window(metric, metrics))
        yield Entry(found, metric_label(metric))


def _window(metric: Metric, metrics: Mapping[str, Metric]) -> int | None:
    """How many days the metric counts over: of a ratio, the longer of its parts'."""
    kind = metric.spec.get("kind")
    if kind == MetricKind.RATIO:
        parts = [metrics[part] for name in ("numerator", "denominator") if (part := metric.spec.get(name)) in metrics]
        return max((window for part in parts if (window := _window(part, metrics))), default=None)
    if kind == MetricKind.TRAIT:
        return window_of(metric.spec["property"])
    counts = kind in OF_EVENTS and kind != MetricKind.DAYS_SINCE_LAST
    return int(metric.spec["window_days"]) if counts else None


def _people() -> Iterable[Entry]:
    for role in roles_in_use():
        yield Entry(Field(f"charge.{role.key}", Type.MEMBER, Given(role.key)), str(role))


def _profile(one: ProfileField) -> Entry:
    type = _TYPES.get(one.type, Type.TEXT)
    is_choice = type in (Type.CHOICE, Type.CHOICES)
    options = [(option["value"], one.option_name(option["value"]) or "") for option in one.options] if is_choice else []
    offered = tuple(value for value, _ in options) if is_choice else None
    found = Field(f"fact.{one.key}", type, FactField(one.key), options=offered)
    return Entry(found, str(one), options, one.unit, one.currency)


def _attributes(described: set[str]) -> Iterable[Entry]:
    for name, type in undescribed_types(Account.objects.all(), described).items():
        yield Entry(Field(f"fact.{name}", type, FactField(name)), name)
