"""Contacts of known customers."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.contacts.details import BadContact, Details, checked
from tenure.accounts.contacts.keeping import compare_contacts, keep_contacts, take_back_contacts
from tenure.accounts.contacts.roles import write_roles
from tenure.accounts.models import Identity, UserLink
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, KnownAccounts, read_account, unknown
from tenure.imports.kinds.reading import day, text
from tenure.imports.models import Replaced
from tenure.imports.values.texts import read_text

_TEXTS = ("name", "phones", "wechat", "email", "title", "roles", "joined_on", "left_on", "note")
_LABELS = {
    "name": gettext_lazy("Name"),
    "phones": gettext_lazy("Phone numbers"),
    "wechat": gettext_lazy("WeChat"),
    "email": gettext_lazy("E-mail"),
    "title": gettext_lazy("Title"),
    "roles": gettext_lazy("Roles in the decision"),
    "joined_on": gettext_lazy("There since"),
    "left_on": gettext_lazy("Left on"),
    "note": gettext_lazy("Note"),
    "user_id": gettext_lazy("User"),
    "external_id": gettext_lazy("Contact id"),
}
_NAMES: Mapping[str, Sequence[str]] = {
    "name": ("contact", "contact_name", "full_name", "姓名", "联系人", "联系人姓名"),
    "phones": ("phone", "mobile", "telephone", "tel", "电话", "手机", "手机号", "联系电话"),
    "wechat": ("weixin", "微信", "微信号"),
    "email": ("e-mail", "mail", "邮箱", "电子邮件"),
    "title": ("job_title", "position", "职位", "职务"),
    "roles": ("role", "decision_role", "角色", "决策角色"),
    "joined_on": ("joined", "入职日期"),
    "left_on": ("left", "离职日期"),
    "note": ("notes", "comment", "备注"),
}


class Contacts(Kind):
    key: ClassVar[str] = "contacts"
    title = gettext_lazy("Contacts")
    hint = gettext_lazy("People of your customers: how to reach them, and their part in the decision.")

    def targets(self) -> Sequence[Target]:
        account = Target("account", gettext_lazy("Customer id"), read_account, ACCOUNT_NAMES, required=True)
        texts = [
            Target(key, _LABELS[key], day if key.endswith("_on") else text, _NAMES[key], required=key == "name")
            for key in _TEXTS
        ]
        user = Target("user", gettext_lazy("User id"), text, ("user_id", "userid", "用户编号"))
        own = Target("id", gettext_lazy("Contact id"), text, ("contact_id", "external_id", "联系人编号"))
        return (account, *texts, user, own)

    def subject(self, row: Given) -> Hashable:
        values = row.values
        own = next((values[key] for key in ("id", "email", "phones", "name") if key in values), "")
        return values["account"], own

    def begin(self, setting: Setting) -> Pass:
        return _Contacts(setting)

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        rows = list(setting.file_import.replaced.values_list("object_id", "before", "after"))
        new = [key for key, before, _after in rows if before is None]
        changed = [
            (key, _details(before), _details(after))
            for key, before, after in rows
            if before is not None and after is not None
        ]
        removed, back = take_back_contacts(new, changed, setting.actor)
        return {"removed": removed, "changed": back}


class _Contacts(Pass):
    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._accounts = KnownAccounts()

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        found = self._details(rows)
        good = [each for each in found if not isinstance(each, Verdict)]
        compared = iter(compare_contacts(good))
        return [each if isinstance(each, Verdict) else _verdict(*next(compared)) for each in found]

    def write(self, rows: Sequence[Given]) -> None:
        file_import, actor = self.setting.file_import, self.setting.actor
        given = [each for each in self._details(rows) if not isinstance(each, Verdict)]
        kept = keep_contacts(given, actor, file_import.source, by=str(actor or file_import.source))
        note_replaced(file_import.pk, [(key, None, None) for key in kept.new_ids])
        note_replaced(file_import.pk, [(key, _json(before), _json(after)) for key, before, after in kept.replaced])

    def tell(self, *, last: bool) -> None:
        """Contacts are nowhere else."""

    def words(self, change: tuple[str, Any, Any]) -> tuple[str, str, str]:
        key, before, after = change
        return str(_LABELS[key]), _shown(key, before), _shown(key, after)

    def _details(self, rows: Sequence[Given]) -> list[tuple[int, Details] | Verdict]:
        self._accounts.read({row.values["account"] for row in rows})
        users = _Users({row.values["user"] for row in rows if "user" in row.values})
        return [self._one(row, users) for row in rows]

    def _one(self, row: Given, users: "_Users") -> tuple[int, Details] | Verdict:
        account_id = self._accounts.id_of(row.values["account"])
        if account_id is None:
            return Verdict.refused(unknown(row.values["account"]), "account")
        user = row.values.get("user")
        user_id = users.of(account_id, user) if user else None
        if user and user_id is None:
            return Verdict.refused(_("The customer has no user “%(id)s”.") % {"id": user[:80]}, "user")
        said = {key: row.values.get(key, "") for key in _TEXTS} | {"external_id": row.values.get("id", "")}
        try:
            return account_id, checked(said, user_id)
        except BadContact as bad:
            problems = {"id" if key == "external_id" else key: reason for key, reason in bad.problems.items()}
            return Verdict(State.REFUSED, problems=problems)


class _Users:
    """Users that rows name, and the accounts they belong to."""

    def __init__(self, texts: set[str]) -> None:
        self._ids = dict(Identity.objects.filter(external_id__any_of=texts).values_list("external_id", "user_id"))
        links = UserLink.objects.filter(user_id__any_of=set(self._ids.values()))
        self._links = set(links.values_list("account_id", "user_id"))

    def of(self, account_id: int, text: str) -> int | None:
        user_id = self._ids.get(text)
        return user_id if user_id is not None and (account_id, user_id) in self._links else None


def note_replaced(import_id: int, rows: Sequence[tuple[int, Any, Any]]) -> None:
    """Notes how things were before an import, once, and how it left them: (id, before, after)."""
    known = dict(
        Replaced.objects.filter(file_import=import_id, object_id__any_of=[r[0] for r in rows]).values_list(
            "object_id", "pk"
        )
    )
    Replaced.objects.bulk_create(
        (
            Replaced(file_import_id=import_id, object_id=key, before=before, after=after)
            for key, before, after in rows
            if key not in known
        ),
        batch_size=500,
    )
    for key, _before, after in rows:
        if key in known:
            Replaced.objects.filter(pk=known[key]).update(after=after)


def _verdict(before: Details | None, after: Details) -> Verdict:
    old = before or Details("")
    changes = [(key, getattr(old, key), value) for key, value in vars(after).items() if value != getattr(old, key)]
    state = State.NEW if before is None else State.CHANGED if changes else State.SAME
    return Verdict(state, after.name, changes)


def _shown(key: str, value: Any) -> str:
    if key == "roles":
        return write_roles(value)
    return ", ".join(value) if isinstance(value, tuple) else read_text(value)


def _json(details: Details) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in vars(details).items()}


def _details(kept: Mapping[str, Any]) -> Details:
    days = {key: date.fromisoformat(kept[key]) if kept[key] else None for key in ("joined_on", "left_on")}
    return Details(**{**kept, **days, "phones": tuple(kept["phones"])})
