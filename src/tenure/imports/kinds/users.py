"""Users, by way of the inbox. What a row says is kept beside what others say, and can be taken back."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import Identity
from tenure.accounts.user_traits import latest, timed_of
from tenure.imports.kinds.kind import Given, Pass, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, read_account
from tenure.imports.kinds.reading import moment, text_up_to
from tenure.imports.kinds.sent import Sending, Sent, flat
from tenure.imports.message_ids import Ids

_USER_NAMES = (
    "user_id", "userid", "distinct_id", "uid", "member_id", "用户编号", "用户ID", "external_id", "id", "email",
)  # fmt: skip


class Users(Sent):
    key: ClassVar[str] = "users"
    title = gettext_lazy("Users")
    hint = gettext_lazy("The people who use your product, and the customer each belongs to.")
    rest = gettext_lazy("Keep as an attribute")
    at_once: ClassVar[int] = 2_000
    counted_as: ClassVar[str] = "rows"

    def targets(self) -> Sequence[Target]:
        return (
            Target("user", gettext_lazy("User id"), text_up_to(300), _USER_NAMES, required=True),
            Target("account", gettext_lazy("Customer id"), read_account, ACCOUNT_NAMES),
            Target("time", gettext_lazy("Valid from"), moment, ("valid_from", "as_of", "since", "生效日期")),
        )

    def subject(self, row: Given) -> Hashable:
        return row.values["user"], row.values.get("account"), row.values.get("time")

    def begin(self, setting: Setting) -> Pass:
        return _Users(setting)


class _Users(Sending):
    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._message_ids: dict[int, str] = {}

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        self._message_ids = {}
        known = {
            each.external_id: each
            for each in Identity.objects.filter(
                external_id__any_of=[row.values["user"] for row in rows]
            ).prefetch_related("links__account", "file_statements")
        }
        return [self._verdict(row, known.get(row.values["user"])) for row in rows]

    def item(self, row: Given) -> dict[str, Any]:
        at = row.values.get("time") or self.setting.at
        traits = flat(row.rest, "traits")
        item = {"type": "identify", "user": row.values["user"], "time": at.isoformat(), "traits": traits}
        if "account" in row.values:
            item["account"] = row.values["account"]
        return {**item, "id": self._id_of(item)}

    def message_id(self, row: Given) -> str:
        return self._message_ids[row.line]

    def _id_of(self, item: Mapping[str, Any]) -> str:
        """Another one in every file: what one file says stays said when another that says the same is undone."""
        return Ids().give({**item, "file": self.setting.file_import.pk})

    def _verdict(self, row: Given, known: Identity | None) -> Verdict:
        found = self.read(row)
        if isinstance(found, Verdict):
            return found
        self._message_ids[row.line] = found.message_id
        user, account, said = row.values["user"], row.values.get("account"), flat(row.rest, "traits")
        held = _held(known) if known else {}
        changes = [(name, held.get(name), value) for name, value in said.items() if held.get(name) != value]
        links = sorted(known.links.all(), key=lambda link: link.since) if known else []
        if account and (not links or links[-1].account.external_id != account):
            changes.append((str(_("Customer")), links[-1].account.external_id if links else None, account))
        return Verdict(State.NEW if known is None else State.CHANGED if changes else State.SAME, user, changes)


def _held(known: Identity) -> dict[str, Any]:
    """What is said of an id."""
    stated = [timed_of(each.at, each.traits) for each in known.file_statements.all()]
    return {name: value for name, (_at, value) in latest(known.traits, *stated).items()}
