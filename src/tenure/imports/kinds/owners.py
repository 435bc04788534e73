"""Who is, or was, in charge of known customers: a row a turn, from a day until a day."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.assignments.fitting import Fit, Fitted, Span
from tenure.accounts.assignments.keeping import GivenSpan, compare_spans, keep_spans
from tenure.accounts.assignments.reading import roles_in_use
from tenure.accounts.assignments.verbs import undo
from tenure.accounts.models import AssignmentChange, AssignmentRole
from tenure.imports.kinds.contacts import note_replaced
from tenure.imports.kinds.follow_up_words import fold_words, members_by_word
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, State, Target, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, KnownAccounts, read_account, unknown
from tenure.imports.kinds.reading import calendar_day, text, text_up_to
from tenure.lib import clock
from tenure.people.models import Role

_STATES = {Fit.NEW: State.NEW, Fit.ENDS: State.CHANGED, Fit.KNOWN: State.SAME}


class Owners(Kind):
    key: ClassVar[str] = "owners"
    title = gettext_lazy("People in charge")
    hint = gettext_lazy("Who looks after which customer, from when until when: hand-overs of the past too.")
    chunk: ClassVar[int] = 50_000  # turns that overlap must be seen together, whatever their order

    def targets(self) -> Sequence[Target]:
        return (
            Target("account", gettext_lazy("Customer id"), read_account, ACCOUNT_NAMES, required=True),
            Target(
                "member",
                gettext_lazy("Who"),
                text_up_to(200),
                ("csm", "owner", "member", "email", "in_charge", "account_owner", "负责人", "客户成功经理", "跟进人"),
                required=True,
                help=gettext_lazy("A member's e-mail address or name."),
            ),
            Target(
                "since",
                gettext_lazy("First day"),
                calendar_day,
                ("from_date", "start_date", "since", "valid_from", "date", "开始日期", "生效日期", "起始日期"),
                required=True,
            ),
            Target(
                "last",
                gettext_lazy("Last day"),
                calendar_day,
                ("to_date", "end_date", "until", "valid_to", "结束日期", "截止日期"),
                help=gettext_lazy("Empty: still in charge, or until somebody else comes."),
            ),
            Target(
                "role",
                gettext_lazy("Role"),
                text,
                ("as", "function", "角色", "岗位"),
                help=gettext_lazy("Without such a column: the first role."),
            ),
        )

    def subject(self, row: Given) -> Hashable:
        values = row.values
        return values["account"], fold_words(values.get("role", "")), fold_words(values["member"]), values["since"]

    def begin(self, setting: Setting) -> Pass:
        return _Owners(setting)

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        keys = setting.file_import.replaced.values_list("object_id", flat=True)
        changes = AssignmentChange.objects.filter(pk__in=keys, undone_at=None)
        turns = sum(change.begun.count() for change in changes)
        for change in changes.order_by("-pk"):
            undo(change, setting.actor)
        return {"turns": turns}


class _Owners(Pass):
    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._accounts = KnownAccounts()
        self._members = members_by_word()
        self._roles = {word: role for role in reversed(roles_in_use()) for word in _words_of(role)}
        self._names = {member.pk: str(member) for member in self._members.values()}

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        self._accounts.read({row.values["account"] for row in rows})
        now = clock.now()
        refused = [self._problems(row, now) for row in rows]
        given = [self._given(row) for row, problems in zip(rows, refused, strict=True) if not problems]
        fitted = iter(compare_spans(given))
        return [
            Verdict(State.REFUSED, problems=problems) if problems else self._verdict(row, next(fitted))
            for row, problems in zip(rows, refused, strict=True)
        ]

    def write(self, rows: Sequence[Given]) -> None:
        file_import = self.setting.file_import
        change = keep_spans([self._given(row) for row in rows], self.setting.actor, file_import.source)
        note_replaced(file_import.pk, [(change.pk, None, None)])

    def tell(self, *, last: bool) -> None:
        """Who is in charge is nowhere else."""

    def words(self, change: tuple[str, Any, Any]) -> tuple[str, str, str]:
        label = next(str(target.label) for target in Owners().targets() if target.key == change[0])
        return label, "", str(change[2])

    def _problems(self, row: Given, now: datetime) -> dict[str, str]:
        values, problems = row.values, {}
        member = self._members.get(fold_words(values["member"]))
        if self._accounts.id_of(values["account"]) is None:
            problems["account"] = unknown(values["account"])
        if member is None:
            problems["member"] = _(
                "There is no member “%(name)s”. Invite them first, or write their e-mail address."
            ) % {"name": values["member"][:80]}
        elif member.role == Role.VIEWER:
            problems["member"] = _("%(name)s only looks on: viewers cannot be in charge.") % {"name": member}
        elif not member.is_active and "last" not in values:
            problems["member"] = _("%(name)s has left: say until when they were in charge.") % {"name": member}
        if "role" in values and fold_words(values["role"]) not in self._roles:
            offered = ", ".join(str(role) for role in roles_in_use())
            problems["role"] = _("There is no role “%(text)s”. Roles are %(roles)s.") % {
                "text": values["role"][:60],
                "roles": offered,
            }
        if self._start(values["since"]) > now:
            problems["since"] = _("This day is still to come.")
        if "last" in values and values["last"] < values["since"]:
            problems["last"] = _("It ends before it begins.")
        elif "last" in values and self._start(values["last"] + timedelta(days=1)) > now:
            problems["last"] = _("This day is not over. Leave the cell empty while they are in charge.")
        return problems

    def _verdict(self, row: Given, found: Fitted) -> Verdict:
        if found.fit is Fit.OVERLAPS:
            return Verdict.refused(self._overlap(found.other or found.span), "since")
        shown = [(key, None, row.values[key]) for key in ("member", "role", "since", "last") if key in row.values]
        return Verdict(_STATES[found.fit], self._accounts.name_of(row.values["account"]), shown)

    def _overlap(self, other: Span) -> str:
        zone = self.setting.zone
        last = other.until and (other.until.astimezone(zone) - timedelta(microseconds=1)).date().isoformat()
        shown = {
            "name": self._names.get(other.member_id, f"#{other.member_id}"),
            "since": other.since.astimezone(zone).date().isoformat(),
            "last": last or _("now"),
        }
        return _("%(name)s is in charge from %(since)s to %(last)s: the two overlap.") % shown

    def _given(self, row: Given) -> GivenSpan:
        values = row.values
        account_id, role = self._accounts.id_of(values["account"]), roles_in_use()[0]
        assert account_id is not None  # refused before
        if "role" in values:
            role = self._roles[fold_words(values["role"])]
        until = self._start(values["last"] + timedelta(days=1)) if "last" in values else None
        member = self._members[fold_words(values["member"])]
        return GivenSpan(account_id, role.pk, Span(member.pk, self._start(values["since"]), until))

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.setting.zone)


def _words_of(role: AssignmentRole) -> set[str]:
    return {fold_words(word) for word in (role.key, role.name, *role.names.values())}
