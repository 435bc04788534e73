"""What other systems keep about known customers, each row a record: the pass that all such kinds share."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy

from tenure.health.counted.rooms import changed_on
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, Target
from tenure.imports.kinds.known_again import KnownAgain, Told, key_of, take_back
from tenure.imports.kinds.naming import ACCOUNT_NAMES, read_account, unknown
from tenure.imports.kinds.reading import text_up_to
from tenure.lib import clock
from tenure.records.keeping import Said, keep_records, take_back_records
from tenure.records.models import Record


class Records(Kind):
    """A kind whose fields are named as those of its model; other columns are kept with the record."""

    model: ClassVar[type[Record]]
    rest = gettext_lazy("Keep with it")
    rest_tells: ClassVar[bool] = True
    #: What is counted of them by day, and what is so until they are closed.
    counts: ClassVar[Sequence[str]] = ()
    lasting: ClassVar[Sequence[str]] = ()

    def problems(self, row: Given, setting: Setting) -> dict[str, str]:
        """What is wrong with the row beside its customer, by field."""
        return {}

    def subject(self, row: Given) -> Hashable:
        return key_of(row)

    def begin(self, setting: Setting) -> Pass:
        return _Records(self, setting)

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        keys = setting.file_import.replaced.values_list("object_id", flat=True)
        with transaction.atomic():
            self.count_again(list(keys), setting)
            return take_back(self, setting, partial(take_back_records, self.model))

    def count_again(self, keys: Collection[int], setting: Setting) -> None:
        """Has days counted again that these records go into."""
        if self.counts and keys:
            span = self.model._default_manager.filter(pk__any_of=keys).aggregate(first=Min("at"), last=Max("at"))
            if span["first"] is not None:
                first, last = (span[name].astimezone(setting.zone).date() for name in ("first", "last"))
                for name in self.counts:
                    changed_on(name, first, clock.today(setting.zone) if name in self.lasting else last)


class _Records(KnownAgain):
    def __init__(self, kind: Kind, setting: Setting) -> None:
        super().__init__(kind, setting)
        assert isinstance(kind, Records)
        self._kind = kind

    def problems(self, row: Given) -> dict[str, str]:
        problems = self._kind.problems(row, self.setting)
        if self.accounts.id_of(row.values["account"]) is None:
            problems["account"] = unknown(row.values["account"])
        return problems

    def keep(self, rows: Sequence[tuple[Given, int | None]]) -> list[Told]:
        said = [self._said(row, known) for row, known in rows]
        told = keep_records(self._kind.model, said, self.setting.actor, self.setting.file_import.source)
        self._kind.count_again([key for key, _before, _after in told], self.setting)
        return told

    def held(self, keys: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
        rows = self._kind.model._default_manager.filter(pk__any_of=keys)
        return {row.pk: {**row.more, **{name: getattr(row, name) for name in row.SAYS}} for row in rows}

    def _said(self, row: Given, known: int | None) -> Said:
        account_id = self.accounts.id_of(row.values["account"])
        assert account_id is not None  # refused before
        values = {key: value for key, value in row.values.items() if key not in ("account", "id")}
        return Said(account_id, row.values.get("id", ""), values, row.rest, known)


def account_target() -> Target:
    """The customer a record is about."""
    return Target("account", gettext_lazy("Customer id"), read_account, ACCOUNT_NAMES, required=True)


def id_target(*names: str) -> Target:
    """The record's own id."""
    return Target(
        "id",
        gettext_lazy("Its id"),
        text_up_to(200),
        (*names, "external_id", "编号", "id"),
        help=gettext_lazy("With an id, a row that is sent again changes the record instead of adding one."),
    )
