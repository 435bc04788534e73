"""Follow-ups of the past, by members or by people who are none."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.imports.kinds.contacts import note_replaced
from tenure.imports.kinds.follow_up_words import SENTIMENTS, fold_words, members_by_word, types_by_word
from tenure.imports.kinds.kind import Given, Pass, Setting, State, Target, Undoable, Verdict
from tenure.imports.kinds.naming import ACCOUNT_NAMES, KnownAccounts, read_account, unknown
from tenure.imports.kinds.reading import moment, number, text, text_up_to
from tenure.imports.models import Brought
from tenure.lib import clock
from tenure.work.content import MOST_MINUTES, MOST_TEXT
from tenure.work.keeping import Change, Past, change_follow_ups, keep_follow_ups, take_back_follow_ups


class FollowUps(Undoable):
    key: ClassVar[str] = "follow-ups"
    title = gettext_lazy("Follow-ups")
    hint = gettext_lazy("Visits, calls, meetings and messages of the past: with whom, when, by whom.")

    def targets(self) -> Sequence[Target]:
        ids = ACCOUNT_NAMES[: ACCOUNT_NAMES.index("external_id")]
        return (
            Target("account", gettext_lazy("Customer id"), read_account, ids, required=True),
            Target(
                "at",
                gettext_lazy("When"),
                moment,
                ("time", "date", "datetime", "occurred_at", "created_at", "时间", "日期", "跟进时间"),
                required=True,
            ),
            Target(
                "type",
                gettext_lazy("Type"),
                text,
                ("follow_up_type", "kind", "channel", "类型", "跟进方式", "方式"),
                required=True,
            ),
            Target(
                "by",
                gettext_lazy("By whom"),
                text_up_to(200),
                ("csm", "author", "owner", "member", "user", "跟进人", "负责人", "客户成功经理"),
                help=gettext_lazy("A member's e-mail address or name; another name is kept as it is."),
            ),
            Target(
                "notes",
                gettext_lazy("What happened"),
                text_up_to(MOST_TEXT),
                ("note", "content", "summary", "description", "内容", "跟进内容", "备注"),
            ),
            Target("outcome", gettext_lazy("Outcome"), text_up_to(MOST_TEXT), ("result", "结果")),
            Target("minutes", gettext_lazy("Minutes"), number, ("duration", "duration_minutes", "时长")),
            Target("sentiment", gettext_lazy("How they sounded"), text, ("mood", "情绪", "态度")),
            Target(
                "id",
                gettext_lazy("Follow-up id"),
                text_up_to(200),
                ("followup_id", "follow_up_id", "external_id", "编号"),
                help=gettext_lazy("With an id, a row that is sent again changes the follow-up instead of adding one."),
            ),
        )

    def subject(self, row: Given) -> Hashable:
        return _key(row)

    def begin(self, setting: Setting) -> Pass:
        return _FollowUps(setting)

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        rows = list(setting.file_import.replaced.values_list("object_id", "before", "after"))
        new = [key for key, before, _after in rows if before is None]
        changed = [(key, before, after) for key, before, after in rows if before is not None and after is not None]
        removed, back = take_back_follow_ups(new, changed, setting.actor)
        Brought.objects.filter(kind=self.key, object_id__any_of=new).delete()
        Brought.objects.filter(kind=self.key, object_id__any_of=[each[0] for each in changed]).update(digest="")
        return {"removed": removed, "changed": back}


class _FollowUps(Pass):
    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._accounts = KnownAccounts()
        self._types = types_by_word()
        self._members = members_by_word()

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        self._accounts.read({row.values["account"] for row in rows})
        known = self._known(rows)
        return [self._verdict(row, known.get(_key(row))) for row in rows]

    def write(self, rows: Sequence[Given]) -> None:
        known, import_id = self._known(rows), self.setting.file_import.pk
        new = [row for row in rows if _key(row) not in known]
        keys = keep_follow_ups([self._past(row) for row in new])
        note_replaced(import_id, [(key, None, None) for key in keys])
        Brought.objects.bulk_create(
            (
                Brought(kind=FollowUps.key, key=_key(row), digest=_digest(row), object_id=key, file_import_id=import_id)
                for row, key in zip(new, keys, strict=True)
            ),
            batch_size=500,
        )
        others = [(known[_key(row)], row) for row in rows if _key(row) in known]
        changes = change_follow_ups([Change(brought.object_id, self._past(row)) for brought, row in others])
        note_replaced(import_id, changes)
        for brought, row in others:
            brought.digest = _digest(row)
        Brought.objects.bulk_update([brought for brought, _row in others], ["digest"], batch_size=500)

    def tell(self, *, last: bool) -> None:
        """Follow-ups are nowhere else."""

    def _known(self, rows: Sequence[Given]) -> dict[str, Brought]:
        keys = [_key(row) for row in rows]
        return {each.key: each for each in Brought.objects.filter(kind=FollowUps.key, key__any_of=keys)}

    def _verdict(self, row: Given, known: Brought | None) -> Verdict:
        values = row.values
        problems = {}
        if self._accounts.id_of(values["account"]) is None:
            problems["account"] = unknown(values["account"])
        if fold_words(values["type"]) not in self._types:
            offered = ", ".join(dict.fromkeys(str(each) for each in self._types.values()))
            problems["type"] = _("There is no type “%(text)s”. Types are %(types)s.") % {
                "text": values["type"][:60],
                "types": offered,
            }
        if values["at"] > clock.now() + timedelta(hours=1):
            problems["at"] = _("A follow-up tells of what has happened.")
        if "minutes" in values and not (0 < values["minutes"] <= MOST_MINUTES):
            problems["minutes"] = _("Minutes, from 1 to %(most)d.") % {"most": MOST_MINUTES}
        if "sentiment" in values and fold_words(values["sentiment"]) not in SENTIMENTS:
            problems["sentiment"] = _("Write good, neutral or bad.")
        if problems:
            return Verdict(State.REFUSED, problems=problems)
        state = State.NEW if known is None else State.SAME if known.digest == _digest(row) else State.CHANGED
        shown = [(key, None, value) for key, value in values.items() if key not in ("account", "id")]
        return Verdict(state, self._accounts.name_of(values["account"]), shown)

    def words(self, change: tuple[str, Any, Any]) -> tuple[str, str, str]:
        key, _before, after = change
        label = next(str(target.label) for target in FollowUps().targets() if target.key == key)
        if isinstance(after, datetime):
            return label, "", after.astimezone(self.setting.zone).strftime("%Y-%m-%d %H:%M")
        return label, "", str(after)

    def _past(self, row: Given) -> Past:
        values = row.values
        account_id = self._accounts.id_of(values["account"])
        assert account_id is not None  # refused before
        said = values.get("by", "")
        minutes = values.get("minutes")
        return Past(
            account_id=account_id,
            type=self._types[fold_words(values["type"])],
            at=values["at"],
            actor=self._members.get(fold_words(said)),
            notes=values.get("notes", ""),
            outcome=values.get("outcome", ""),
            duration_minutes=None if minutes is None else max(1, round(minutes)),
            sentiment=SENTIMENTS[fold_words(values["sentiment"])] if "sentiment" in values else None,
            by=said,
        )


def _key(row: Given) -> str:
    """What a follow-up is known again by: its id, else everything it says."""
    own = row.values.get("id")
    return _hash(f"id:{own}") if own else _digest(row)


def _digest(row: Given) -> str:
    return _hash("\0".join(f"{key}={value}" for key, value in sorted(row.values.items())))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
