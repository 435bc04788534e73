"""Answers to surveys: NPS, and others on scales of their own."""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.health.counted.records import LATEST_NPS
from tenure.imports.kinds.kind import Given, Setting, Target
from tenure.imports.kinds.reading import moment, number, text, text_up_to
from tenure.imports.kinds.records import Records, account_target, id_target
from tenure.records.models import NPS, Record, SurveyAnswer


class SurveyAnswers(Records):
    key: ClassVar[str] = "survey-answers"
    title = gettext_lazy("Survey answers")
    hint = gettext_lazy("What customers answered when they were asked: NPS from 0 to 10, satisfaction, comments.")
    model: ClassVar[type[Record]] = SurveyAnswer
    counts: ClassVar[Sequence[str]] = (LATEST_NPS,)

    def targets(self) -> Sequence[Target]:
        return (
            account_target(),
            Target(
                "at",
                gettext_lazy("Answered"),
                moment,
                (
                    "date",
                    "time",
                    "answered_at",
                    "responded_at",
                    "submitted_at",
                    "created_at",
                    "日期",
                    "时间",
                    "回答时间",
                ),
                required=True,
            ),
            Target(
                "score",
                gettext_lazy("Score"),
                number,
                ("nps", "nps_score", "rating", "answer", "评分", "得分", "分数"),
                required=True,
            ),
            Target(
                "survey",
                gettext_lazy("Survey"),
                text_up_to(100),
                ("survey_name", "questionnaire", "问卷", "调查"),
                help=gettext_lazy("Without such a column: NPS."),
            ),
            Target(
                "comment", gettext_lazy("Comment"), text, ("feedback", "reason", "verbatim", "评论", "反馈", "原因")
            ),
            Target(
                "person", gettext_lazy("Who answered"), text_up_to(200), ("respondent", "email", "user_id", "回答人")
            ),
            id_target("response_id", "answer_id", "回答编号"),
        )

    def problems(self, row: Given, setting: Setting) -> dict[str, str]:
        if row.values.get("survey", NPS).strip().upper() == NPS and row.values["score"] not in range(11):
            return {"score": _("Answers to NPS are whole numbers from 0 to 10.")}
        return {}
