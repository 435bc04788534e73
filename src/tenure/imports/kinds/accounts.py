"""Accounts with their fields and attributes: facts, true from a day on."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.dimension import tell_warehouse
from tenure.accounts.fields import typed
from tenure.accounts.fields.reading import fields_by_key
from tenure.accounts.fields.words import plain, show
from tenure.accounts.keeping import GivenAccount, compare_accounts, keep_accounts, take_back
from tenure.accounts.models import AccountMention, Fact, Field, FieldType
from tenure.accounts.stated import mention_accounts
from tenure.events.inbox.current import inbox
from tenure.events.withdrawing import forget_mentions
from tenure.imports.kinds.kind import Given, Kind, Pass, Reader, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import OWN_NAMES, read_account
from tenure.imports.kinds.reading import moment, text_up_to
from tenure.imports.values.days import Order, read_day
from tenure.imports.values.errors import BadCell
from tenure.imports.values.numbers import read_number
from tenure.imports.values.texts import read_text, read_yes_no
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.instants import to_us

_AT_ONCE = 2_000


class Accounts(Kind):
    key: ClassVar[str] = "accounts"
    title = gettext_lazy("Customers")
    hint = gettext_lazy("One line for each customer: its id, its name, and what you know of it.")
    rest = gettext_lazy("Keep as an attribute")
    brings_customers: ClassVar[bool] = True
    chunk: ClassVar[int] = 5_000

    def targets(self) -> Sequence[Target]:
        own = (
            Target("account", gettext_lazy("Customer id"), read_account, OWN_NAMES, required=True),
            Target(
                "name",
                gettext_lazy("Name"),
                text_up_to(300),
                (
                    *(
                        "account_name",
                        "company_name",
                        "customer_name",
                        "client_name",
                        "客户名称",
                        "公司名称",
                        "名称",
                        "客户名",
                    ),
                    *("company", "customer", "client", "account", "客户"),
                ),
            ),
            Target(
                "time",
                gettext_lazy("Valid from"),
                moment,
                ("valid_from", "as_of", "生效日期", "有效期起"),
                help=gettext_lazy("Since when it is true. Without such a column: from now on."),
            ),
        )
        return (*own, *(_target(field) for field in fields_by_key().values() if field.key != "name"))

    def subject(self, row: Given) -> Hashable:
        return row.values["account"], row.values.get("time")

    def begin(self, setting: Setting) -> Pass:
        return _Accounts(setting)

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        source = setting.file_import.source
        facts = Fact.objects.filter(source=source, withdrawal=False, corrections=None)
        ids = sorted(set(facts.values_list("account_id", flat=True)))
        changed: set[int] = set()
        for start in range(0, len(ids), _AT_ONCE):
            with transaction.atomic():
                some = take_back(source, ids[start : start + _AT_ONCE], setting.actor, clock.now())
            changed |= {account.pk for account in some}
            tell_warehouse({account.pk for account in some})
            progress(start, len(ids))
        mentions = AccountMention.objects.filter(file=str(setting.file_import.pk))
        if named := mentions.count():
            forget_mentions(inbox(), str(setting.file_import.pk), named)
        return {"accounts": len(ids), "changed": len(changed)}


class _Accounts(Pass):
    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._fields = fields_by_key()
        self._now = setting.at
        self._changed: set[int] = set()
        self._new: set[str] = set()  # a customer told of on several lines is new once

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        verdicts: list[Verdict] = []
        given = [self._given(row) for row in rows]
        for each, found in zip(given, compare_accounts(given, to_us(self._now)), strict=True):
            state = State.CHANGED if found.changes else State.SAME
            if found.is_new and each.external_id not in self._new:
                self._new.add(each.external_id)
                state = State.NEW
            verdicts.append(Verdict(state, found.name, found.changes))
        return verdicts

    def write(self, rows: Sequence[Given]) -> None:
        given = [self._given(row) for row in rows]
        setting = self.setting
        now = max(self._now, clock.now())
        file = setting.file_import
        self._changed |= keep_accounts(given, file.source, now, setting.zone, setting.actor, file=str(file.pk))

    def confirm(self, rows: Sequence[Given]) -> None:
        """A list that people send again names its customers as well. A sync fetches the same again and again: only
        what is news in it counts.
        """
        file = self.setting.file_import
        if not file.system:
            mention_accounts(str(file.pk), {row.values["account"] for row in rows})

    def tell(self, *, last: bool) -> None:
        tell_warehouse(self._changed)
        self._changed = set()
        if last:
            enqueue("refresh_today", key="refresh_today")

    def words(self, change: tuple[str, Any, Any]) -> tuple[str, str, str]:
        key, before, after = change
        field = self._fields.get(key)
        if field is not None:
            return str(field), show(field, before), show(field, after)
        return str(_("Name") if key == "name" else key), plain(before), plain(after)

    def _given(self, row: Given) -> GivenAccount:
        values = {key: value for key, value in row.values.items() if key not in ("account", "time")}
        for name, value in row.rest.items():  # an attribute of the name of a field is not that field
            values[f"{name} (file)" if name in self._fields or name == "name" else name] = value
        return GivenAccount(row.values["account"], to_us(row.values.get("time") or self._now), values)


def _target(field: Field) -> Target:
    names = (field.key, field.name, *field.names.values())
    more = {"group": field.card, "locked": field.synced_from, "fits": _fits(field)}
    return Target(field.key, field, reader_of(field), names, **more)  # type: ignore[arg-type]


def _fits(field: Field) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        try:
            typed.read(field, text)
        except typed.BadValue:
            return False
        return True

    return fits


def reader_of(field: Field) -> Reader:
    """How a cell becomes a value of a field of the profile cards."""
    of_type = {FieldType.NUMBER: _number, FieldType.MONEY: _money, FieldType.DATE: _date, FieldType.YES_NO: _yes_no}
    read = of_type.get(FieldType(field.type))
    if read is None:
        typed_once = lru_cache(4_096)(lambda text: typed.read(field, text))

    def value(cell: Any, setting: Setting, order: Order | None) -> Any:
        if field.synced_from not in ("", setting.file_import.system):
            shown = {"field": field, "source": field.synced_from}
            raise BadCell(_("%(field)s comes from %(source)s: change it there.") % shown)
        try:
            return typed_once(read_text(cell)) if read is None else typed.check(field, read(cell, order))
        except typed.BadValue as bad:
            raise BadCell(str(bad)) from bad

    return value


def _number(cell: Any, order: Order | None) -> float:
    return read_number(cell)


def _money(cell: Any, order: Order | None) -> float:
    return round(read_number(cell), 2)


def _date(cell: Any, order: Order | None) -> str:
    day: date = read_day(cell, order)
    return day.isoformat()


def _yes_no(cell: Any, order: Order | None) -> bool:
    return read_yes_no(cell)
