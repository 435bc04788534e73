"""Users and events: rows go into the inbox as an SDK would have sent them, and the loader does the rest."""

from abc import abstractmethod
from collections.abc import Collection, Hashable, Sequence
from typing import Any, ClassVar

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import Identity
from tenure.events.formats.all import NATIVE
from tenure.events.inbox.current import inbox
from tenure.events.message import BadBody, Refusal, Request
from tenure.events.models import Source
from tenure.events.sources import create_source
from tenure.imports.bodies import Sender
from tenure.imports.items import Ids
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, read_account
from tenure.imports.kinds.reading import moment, text_up_to
from tenure.imports.models import Brought

_SOURCE = "File import"
_IDS = ACCOUNT_NAMES[: ACCOUNT_NAMES.index("external_id")]
_encode = msgspec.json.Encoder(order="deterministic").encode


class Users(Kind):
    key: ClassVar[str] = "users"
    title = gettext_lazy("Users")
    hint = gettext_lazy("The people who use your product, and the customer each belongs to.")
    rest = gettext_lazy("Keep as an attribute")

    def targets(self) -> Sequence[Target]:
        return (
            Target(
                "user",
                gettext_lazy("User id"),
                text_up_to(300),
                ("user_id", "userid", "distinct_id", "uid", "用户编号", "用户ID", "external_id", "id"),
                required=True,
            ),
            Target("account", gettext_lazy("Customer id"), read_account, _IDS),
            Target("time", gettext_lazy("Valid from"), moment, ("valid_from", "as_of", "since", "生效日期")),
        )

    def subject(self, row: Given) -> Hashable:
        return row.values["user"], row.values.get("account"), row.values.get("time")

    def begin(self, setting: Setting) -> Pass:
        return _Users(setting)


class _Sending(Pass):
    """Rows as items of our own format, each refused as the loader would refuse it."""

    @abstractmethod
    def item(self, row: Given) -> dict[str, Any]:
        """What is sent for the row."""

    def refusal(self, row: Given) -> Verdict | None:
        try:
            item = NATIVE.decode(Request("events", _encode(self.item(row))))[0]
        except BadBody as bad:
            return Verdict.refused(bad.detail or bad.reason)
        return Verdict.refused(item.detail or item.reason) if isinstance(item, Refusal) else None

    def write(self, rows: Sequence[Given]) -> None:
        source = Source.objects.filter(name=_SOURCE).first() or create_source(_SOURCE, actor=None)
        sender = Sender(inbox(), source.pk, "")
        for row in rows:
            sender.add(_encode(self.item(row)))
        sender.finish()

    def tell(self, *, last: bool) -> None:
        """The loader takes them from the inbox."""


class _Users(_Sending):
    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        known = {
            each.external_id: each
            for each in Identity.objects.filter(
                external_id__any_of=[row.values["user"] for row in rows]
            ).prefetch_related("links__account")
        }
        return [self.refusal(row) or self._verdict(row, known.get(row.values["user"])) for row in rows]

    def item(self, row: Given) -> dict[str, Any]:
        at = row.values.get("time") or self.setting.at
        item = {"type": "identify", "user": row.values["user"], "time": at.isoformat(), "traits": dict(row.rest)}
        if "account" in row.values:
            item["account"] = row.values["account"]
        return {**item, "id": Ids().give(item)}

    def _verdict(self, row: Given, known: Identity | None) -> Verdict:
        user, account = row.values["user"], row.values.get("account")
        held = {name: each[1] for name, each in known.traits.items()} if known else {}
        changes = [(name, held.get(name), value) for name, value in row.rest.items() if held.get(name) != value]
        links = sorted(known.links.all(), key=lambda link: link.since) if known else []
        if account and (not links or links[-1].account.external_id != account):
            changes.append((str(_("Customer")), links[-1].account.external_id if links else None, account))
        return Verdict(State.NEW if known is None else State.CHANGED if changes else State.SAME, user, changes)


class Events(Kind):
    key: ClassVar[str] = "events"
    title = gettext_lazy("Events")
    hint = gettext_lazy("What users did in your product, and when: history from before an SDK was connected.")
    rest = gettext_lazy("Keep as a property")
    replays: ClassVar[bool] = True

    def targets(self) -> Sequence[Target]:
        return (
            Target(
                "event",
                gettext_lazy("Event"),
                text_up_to(200),
                ("event_name", "eventname", "action", "event_type", "事件", "事件名称"),
                required=True,
            ),
            Target(
                "time",
                gettext_lazy("When"),
                moment,
                ("timestamp", "event_time", "occurred_at", "datetime", "date", "created_at", "时间", "日期"),
                required=True,
            ),
            Target(
                "user",
                gettext_lazy("User id"),
                text_up_to(300),
                ("user_id", "userid", "distinct_id", "uid", "用户编号", "用户ID"),
            ),
            Target("account", gettext_lazy("Customer id"), read_account, _IDS),
            Target("id", gettext_lazy("Event id"), text_up_to(200), ("message_id", "messageid", "insert_id", "uuid")),
        )

    def needed(self) -> Sequence[Sequence[str]]:
        return [["event"], ["time"], ["user", "account"]]

    def contradicts(self, fields: Collection[str]) -> bool:
        """Two rows of one id; those without one are known by all they say, and count each."""
        return "id" in fields

    def subject(self, row: Given) -> Hashable:
        return ("id", row.values["id"]) if "id" in row.values else row.line

    def begin(self, setting: Setting) -> Pass:
        return _Events(setting)


class _Events(_Sending):
    """An event without an id gets one of what it says; the same again in the file counts again, in another file not."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._ids = Ids()
        self._given: dict[int, dict[str, Any]] = {}

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        self._given = {row.line: self._make(row) for row in rows}
        keys = [self._given[row.line]["id"] for row in rows]
        known = set(Brought.objects.filter(kind=Events.key, key__any_of=keys).values_list("key", flat=True))
        return [self.refusal(row) or self._verdict(row, known) for row in rows]

    def pass_over(self, rows: Sequence[Given]) -> None:
        for row in rows:
            self._make(row)

    def write(self, rows: Sequence[Given]) -> None:
        super().write(rows)
        Brought.objects.bulk_create(
            (
                Brought(
                    kind=Events.key,
                    key=self._given[row.line]["id"],
                    digest="",
                    object_id=0,
                    file_import=self.setting.file_import,
                )
                for row in rows
            ),
            batch_size=500,
            ignore_conflicts=True,
        )

    def item(self, row: Given) -> dict[str, Any]:
        return self._given[row.line]

    def _make(self, row: Given) -> dict[str, Any]:
        values = {**row.values, "time": row.values["time"].isoformat()}
        item = {**values, "properties": dict(row.rest)} if row.rest else values
        return item if "id" in item else {**item, "id": self._ids.give(item)}

    def _verdict(self, row: Given, known: set[str]) -> Verdict:
        item = self._given[row.line]
        about = f"{item['event']} · {item.get('user') or item.get('account')}"
        return Verdict(
            State.SAME if item["id"] in known else State.NEW,
            about,
            [(name, None, value) for name, value in row.rest.items()],
        )
