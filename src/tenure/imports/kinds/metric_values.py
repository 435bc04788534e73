"""Numbers that another system counted for each customer and day: one column a metric, or a metric and a value a row."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.dimension import tell_warehouse
from tenure.accounts.keeping import lower_first_days
from tenure.health.counted.keeping import (
    Place,
    first_days,
    keep_values,
    keys_of,
    series_of,
    span_of,
    take_back_values,
    values_at,
)
from tenure.health.counted.metrics import define_metrics, longest_in_use
from tenure.health.models import CountedSeries
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, KnownAccounts, read_account, unknown
from tenure.imports.kinds.reading import calendar_day, number, text_up_to
from tenure.jobs.queue import enqueue
from tenure.lib import clock


class MetricValues(Kind):
    key: ClassVar[str] = "metric-values"
    title = gettext_lazy("Daily numbers")
    hint = gettext_lazy(
        "What another system counted for each customer and day: logins, orders, minutes. They become metrics."
    )
    rest = gettext_lazy("Is a metric of its own")
    chunk: ClassVar[int] = 5_000

    def targets(self) -> Sequence[Target]:
        return (
            Target("account", gettext_lazy("Customer id"), read_account, ACCOUNT_NAMES, required=True),
            Target("day", gettext_lazy("Day"), calendar_day, ("date", "日期", "天", "统计日期"), required=True),
            Target(
                "metric",
                gettext_lazy("Which metric"),
                text_up_to(60),
                ("metric_name", "指标", "指标名称"),
            ),
            Target("value", gettext_lazy("Its value"), number, ("metric_value", "count", "数值", "值")),
        )

    def subject(self, row: Given) -> Hashable:
        return row.values["account"], row.values["day"], row.values.get("metric", "")

    def begin(self, setting: Setting) -> Pass:
        return _MetricValues(setting)

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        import_id = setting.file_import.pk
        span = span_of(import_id)
        with transaction.atomic():
            taken = take_back_values(import_id)
        _close_again(span)
        return {"values": taken}


class _MetricValues(Pass):
    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._accounts = KnownAccounts()
        self._series = {each.key: each.pk for each in CountedSeries.objects.all()}
        self._keys: dict[str, str] = {}
        self._lowered: set[int] = set()

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        self._accounts.read({row.values["account"] for row in rows})
        today = clock.today(self.setting.zone)
        said = [self._problems(row, today) or self._values(row) for row in rows]
        wanted = {place for each in said if isinstance(each, dict) for place, _value in self._places(each).items()}
        held = values_at(wanted)
        return [each if isinstance(each, Verdict) else self._verdict(each, held) for each in said]

    def write(self, rows: Sequence[Given]) -> None:
        names = {self._key(name): name for row in rows for _account, _day, name, _value in self._values(row).values()}
        missing = {key: name for key, name in names.items() if key not in self._series}
        if missing:
            self._series.update((key, each.pk) for key, each in series_of(missing).items())
        given: dict[Place, float] = {}
        for row in rows:
            given.update(self._places(self._values(row)))
        keep_values(given, self.setting.file_import.pk)
        self._lowered |= lower_first_days(first_days(given))

    def tell(self, *, last: bool) -> None:
        tell_warehouse(self._lowered)
        self._lowered = set()
        if last:
            define_metrics(keys_of(self.setting.file_import.pk), self.setting.actor)
            _close_again(span_of(self.setting.file_import.pk))

    def _problems(self, row: Given, today: date) -> Verdict | None:
        values, problems = row.values, {}
        if self._accounts.id_of(values["account"]) is None:
            problems["account"] = unknown(values["account"])
        if values["day"] > today:
            problems["day"] = _("This day is still to come.")
        if ("metric" in values) != ("value" in values):
            problems["metric" if "value" in values else "value"] = _("A metric and its value belong together.")
        for name, value in row.rest.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                problems[name] = _("“%(text)s” is no number. Write it like 1200, 1,200.50 or 1.2万.") % {"text": value}
        if not problems and not row.rest and "metric" not in values:
            problems[""] = _("The line has no number.")
        return Verdict(State.REFUSED, problems=problems) if problems else None

    def _values(self, row: Given) -> dict[str, tuple[int, date, str, float]]:
        """Series key -> (account id, day, name, value)."""
        account_id = self._accounts.id_of(row.values["account"]) or 0
        said = dict(row.rest)
        if "metric" in row.values:
            said[row.values["metric"]] = row.values["value"]
        return {self._key(name): (account_id, row.values["day"], name, value) for name, value in said.items()}

    def _places(self, values: Mapping[str, tuple[int, date, str, float]]) -> dict[Place, float]:
        """Those of series that are known; a new one has no values yet."""
        return {
            Place(self._series[key], account_id, day): float(value)
            for key, (account_id, day, _name, value) in values.items()
            if key in self._series
        }

    def _verdict(
        self, values: Mapping[str, tuple[int, date, str, float]], held: Mapping[Place, tuple[int, float]]
    ) -> Verdict:
        changes: list[tuple[str, Any, Any]] = []
        is_new = False
        account_id = 0
        for key, (account_id, day, name, value) in values.items():
            before = held.get(Place(self._series[key], account_id, day)) if key in self._series else None
            if before is None or before[1] != value:
                changes.append((name, before[1] if before else None, value))
                is_new |= before is None
        changed = any(before is not None for _name, before, _after in changes)
        state = State.CHANGED if changed else State.NEW if is_new else State.SAME
        day = next(iter(values.values()))[1]
        return Verdict(state, f"{self._accounts.name_of_id(account_id)} · {day.isoformat()}", changes)

    def _key(self, name: str) -> str:
        """The key of a series by what it is called."""
        return self._keys.get(name) or self._keys.setdefault(name, key_of(name))


def key_of(name: str) -> str:
    """Small letters, digits and _ out of a name; of one without any, such as a Chinese one, a digest."""
    key = re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")[:40]
    if not name.isascii() or not key:
        key = f"{key}_{blake2b(name.strip().encode(), digest_size=4).hexdigest()}".strip("_")
    return key


def _close_again(span: tuple[date, date] | None) -> None:
    """Has the days computed again whose numbers these go into."""
    if span is not None:
        last = min(span[1] + timedelta(days=longest_in_use() - 1), clock.today(settings.CONFIG.zone))
        enqueue("close_dirty_days", {"spans": [[span[0].isoformat(), last.isoformat()]]})
