"""Tickets of a support desk."""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.health.counted.records import OPEN_TICKETS, TICKETS
from tenure.imports.kinds.kind import Given, Setting, Target
from tenure.imports.kinds.reading import moment, number, text_up_to
from tenure.imports.kinds.records import Records, account_target, id_target
from tenure.records.models import Record, Ticket


class Tickets(Records):
    key: ClassVar[str] = "tickets"
    title = gettext_lazy("Tickets")
    hint = gettext_lazy("Requests to your support desk: what about, how urgent, when closed, how satisfied.")
    model: ClassVar[type[Record]] = Ticket
    counts: ClassVar[Sequence[str]] = (TICKETS, OPEN_TICKETS)
    lasting: ClassVar[Sequence[str]] = (OPEN_TICKETS,)

    def targets(self) -> Sequence[Target]:
        satisfied = ("satisfaction_score", "csat", "csat_score", "满意度", "满意度评分")
        response = ("first_response_time_minutes", "first_response", "frt_minutes", "首次响应分钟")
        return (
            account_target(),
            Target(
                "at",
                gettext_lazy("Opened"),
                moment,
                (
                    "submitted_at",
                    "opened_at",
                    "created_at",
                    "opened",
                    "created",
                    "time",
                    "date",
                    "创建时间",
                    "提交时间",
                ),
                required=True,
            ),
            Target(
                "closed_at",
                gettext_lazy("Closed"),
                moment,
                ("closed", "resolved_at", "solved_at", "关闭时间", "解决时间"),
            ),
            Target("subject", gettext_lazy("Subject"), text_up_to(500), ("title", "summary", "标题", "主题", "问题")),
            Target("status", gettext_lazy("Status"), text_up_to(100), ("state", "状态")),
            Target(
                "priority", gettext_lazy("Priority"), text_up_to(100), ("urgency", "severity", "优先级", "紧急程度")
            ),
            Target(
                "requester", gettext_lazy("Requester"), text_up_to(200), ("reporter", "submitter", "提交人", "提单人")
            ),
            Target("first_response_minutes", gettext_lazy("First answer after minutes"), number, response),
            Target("satisfaction", gettext_lazy("Satisfaction"), number, satisfied),
            id_target("ticket_id", "ticket", "工单号", "工单编号"),
        )

    def problems(self, row: Given, setting: Setting) -> dict[str, str]:
        values = row.values
        if "closed_at" in values and values["closed_at"] < values["at"]:
            return {"closed_at": _("It ends before it begins.")}
        return {}
