"""Events, by way of the inbox. Each is known again by its message, in whatever file it comes, and can be taken back."""

from collections.abc import Collection, Hashable, Sequence
from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy

from tenure.events.formats.all import NATIVE, POSTHOG
from tenure.events.message import Message
from tenure.events.rows import message_key
from tenure.imports.kinds.kind import Given, Pass, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, read_account
from tenure.imports.kinds.posthog import as_posthog, is_posthog
from tenure.imports.kinds.reading import moment, text_up_to
from tenure.imports.kinds.sent import Sending, Sent, flat
from tenure.imports.message_ids import Ids
from tenure.imports.models import Brought

_EVENT_NAMES: Final = (
    "event_name", "eventname", "action", "event_type_name", "event_type", "event_type_id", "事件", "事件名称",
)  # fmt: skip
_TIME_NAMES: Final = ("timestamp", "event_time", "occurred_at", "datetime", "date", "created_at", "时间", "日期")
_USER_NAMES: Final = ("user_id", "userid", "distinct_id", "uid", "member_id", "用户编号", "用户ID", "email")
_ID_NAMES: Final = ("message_id", "messageid", "insert_id", "uuid", "id")


class Events(Sent):
    key: ClassVar[str] = "events"
    title = gettext_lazy("Events")
    hint = gettext_lazy("What users did in your product, and when: history from before an SDK was connected.")
    rest = gettext_lazy("Keep as a property")
    replays: ClassVar[bool] = True
    at_once: ClassVar[int] = 50_000
    counted_as: ClassVar[str] = "events"

    def targets(self) -> Sequence[Target]:
        account_names = (*ACCOUNT_NAMES, "group_id", "workspace_id")
        return (
            Target("event", gettext_lazy("Event"), text_up_to(200), _EVENT_NAMES, required=True),
            Target("time", gettext_lazy("When"), moment, _TIME_NAMES, required=True),
            Target("user", gettext_lazy("User id"), text_up_to(300), _USER_NAMES),
            Target("account", gettext_lazy("Customer id"), read_account, account_names),
            Target("id", gettext_lazy("Event id"), text_up_to(200), _ID_NAMES),
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


class _Events(Sending):
    """An event without an id gets one of what it says; the same again in the file counts again, in another file not."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self.wire_format = POSTHOG if is_posthog(setting.file_import) else NATIVE
        self._ids = Ids()
        self._given: dict[int, dict[str, Any]] = {}
        self._message_ids: dict[int, str] = {}

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        self._given = {row.line: self._make(row) for row in rows}
        read = [self.read(row) for row in rows]
        pairs = list(zip(rows, read, strict=True))
        self._message_ids = {row.line: each.message_id for row, each in pairs if isinstance(each, Message)}
        keys = self._keys()
        known = Brought.objects.filter(kind=Events.key, key__any_of=list(keys.values()))
        held = set(known.values_list("key", flat=True))
        return [
            each if isinstance(each, Verdict) else self._verdict(row, is_new=keys[row.line] not in held)
            for row, each in pairs
        ]

    def pass_over(self, rows: Sequence[Given]) -> None:
        for row in rows:
            self._make(row)

    def item(self, row: Given) -> dict[str, Any]:
        return self._given[row.line]

    def message_id(self, row: Given) -> str:
        return self._message_ids[row.line]

    def _keys(self) -> dict[int, str]:
        """By what the warehouse knows each row's message again."""
        return {line: message_key(each, self.source_id, 0).hex() for line, each in self._message_ids.items()}

    def _make(self, row: Given) -> dict[str, Any]:
        values = {**row.values, "time": row.values["time"].isoformat()}
        if self.wire_format is POSTHOG:
            item = as_posthog(values, row.rest)
            return item if "uuid" in item else {**item, "uuid": self._ids.give(item)}
        properties = flat(row.rest, "properties")
        item = {**values, "properties": properties} if properties else values
        return item if "id" in item else {**item, "id": self._ids.give(item)}

    def _verdict(self, row: Given, *, is_new: bool) -> Verdict:
        about = f"{row.values['event']} · {row.values.get('user') or row.values.get('account')}"
        changes = [(name, None, value) for name, value in flat(row.rest, "properties").items()]
        return Verdict(State.NEW if is_new else State.SAME, about, changes)
