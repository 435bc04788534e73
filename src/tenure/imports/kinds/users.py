"""Users, by way of the inbox."""

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import Identity
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, read_account
from tenure.imports.kinds.reading import moment, text_up_to
from tenure.imports.kinds.sent import Sending, flat
from tenure.imports.message_ids import Ids

_USER_NAMES = (
    "user_id", "userid", "distinct_id", "uid", "member_id", "用户编号", "用户ID", "external_id", "id", "email",
)  # fmt: skip


class Users(Kind):
    key: ClassVar[str] = "users"
    title = gettext_lazy("Users")
    hint = gettext_lazy("The people who use your product, and the customer each belongs to.")
    rest = gettext_lazy("Keep as an attribute")

    def targets(self) -> Sequence[Target]:
        ids = ACCOUNT_NAMES[: ACCOUNT_NAMES.index("external_id")]
        return (
            Target("user", gettext_lazy("User id"), text_up_to(300), _USER_NAMES, required=True),
            Target("account", gettext_lazy("Customer id"), read_account, ids),
            Target("time", gettext_lazy("Valid from"), moment, ("valid_from", "as_of", "since", "生效日期")),
        )

    def subject(self, row: Given) -> Hashable:
        return row.values["user"], row.values.get("account"), row.values.get("time")

    def begin(self, setting: Setting) -> Pass:
        return _Users(setting)


class _Users(Sending):
    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        known = {
            each.external_id: each
            for each in Identity.objects.filter(
                external_id__any_of=[row.values["user"] for row in rows]
            ).prefetch_related("links__account")
        }
        return [self._verdict(row, known.get(row.values["user"])) for row in rows]

    def item(self, row: Given) -> dict[str, Any]:
        at = row.values.get("time") or self.setting.at
        traits = flat(row.rest, "traits")
        item = {"type": "identify", "user": row.values["user"], "time": at.isoformat(), "traits": traits}
        if "account" in row.values:
            item["account"] = row.values["account"]
        return {**item, "id": Ids().give(item)}

    def _verdict(self, row: Given, known: Identity | None) -> Verdict:
        found = self.read(row)
        if isinstance(found, Verdict):
            return found
        user, account, said = row.values["user"], row.values.get("account"), flat(row.rest, "traits")
        held = {name: each[1] for name, each in known.traits.items()} if known else {}
        changes = [(name, held.get(name), value) for name, value in said.items() if held.get(name) != value]
        links = sorted(known.links.all(), key=lambda link: link.since) if known else []
        if account and (not links or links[-1].account.external_id != account):
            changes.append((str(_("Customer")), links[-1].account.external_id if links else None, account))
        return Verdict(State.NEW if known is None else State.CHANGED if changes else State.SAME, user, changes)
