"""Follow-ups of the past, by members or by people who are none."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.imports.kinds.follow_up_words import SENTIMENTS, fold_words, members_by_word, types_by_word
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, Target
from tenure.imports.kinds.known_again import KnownAgain, Told, key_of, take_back
from tenure.imports.kinds.naming import ACCOUNT_NAMES, read_account, unknown
from tenure.imports.kinds.reading import moment, number, text, text_up_to
from tenure.lib import clock
from tenure.work.content import MOST_MINUTES, MOST_TEXT
from tenure.work.keeping import Change, Past, change_follow_ups, keep_follow_ups, take_back_follow_ups
from tenure.work.models import FollowUp


class FollowUps(Kind):
    key: ClassVar[str] = "follow-ups"
    title = gettext_lazy("Follow-ups")
    hint = gettext_lazy("Visits, calls, meetings and messages of the past: with whom, when, by whom.")

    def targets(self) -> Sequence[Target]:
        return (
            Target("account", gettext_lazy("Customer id"), read_account, ACCOUNT_NAMES, required=True),
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
        return key_of(row)

    def begin(self, setting: Setting) -> Pass:
        return _FollowUps(self, setting)

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        return take_back(self, setting, take_back_follow_ups)


class _FollowUps(KnownAgain):
    def __init__(self, kind: Kind, setting: Setting) -> None:
        super().__init__(kind, setting)
        self._types = types_by_word()
        self._members = members_by_word()

    def problems(self, row: Given) -> dict[str, str]:
        values, problems = row.values, {}
        if self.accounts.id_of(values["account"]) is None:
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
        return problems

    def keep(self, rows: Sequence[tuple[Given, int | None]]) -> list[Told]:
        keys = keep_follow_ups([self._past(row) for row, known in rows if known is None])
        changed = [Change(known, self._past(row)) for row, known in rows if known is not None]
        return [*((key, None, None) for key in keys), *change_follow_ups(changed)]

    def held(self, keys: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
        rows = FollowUp.objects.filter(pk__any_of=keys).select_related("created_by", "type")
        return {
            row.pk: {
                "at": row.at,
                "type": str(row.type),
                "by": str(row.created_by or ""),
                "notes": row.notes,
                "outcome": row.outcome,
                "minutes": row.duration_minutes,
                "sentiment": row.get_sentiment_display() if row.sentiment is not None else None,
            }
            for row in rows
        }

    def _past(self, row: Given) -> Past:
        values = row.values
        account_id = self.accounts.id_of(values["account"])
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
