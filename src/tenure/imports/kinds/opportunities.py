"""The pipeline of a CRM: sales that are hoped for, won or lost."""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.imports.kinds.kind import Given, Setting, Target
from tenure.imports.kinds.reading import calendar_day, moment, number, text_up_to
from tenure.imports.kinds.records import Records, account_target, id_target
from tenure.records.models import Opportunity, Record


class Opportunities(Records):
    key: ClassVar[str] = "opportunities"
    title = gettext_lazy("Opportunities")
    hint = gettext_lazy("Sales of your CRM that are hoped for, won or lost: stage, product, value.")
    model: ClassVar[type[Record]] = Opportunity

    def targets(self) -> Sequence[Target]:
        opened = ("opened_at", "engage_date", "created_at", "created", "open_date", "创建时间", "开始日期")
        return (
            account_target(),
            Target(
                "stage",
                gettext_lazy("Stage"),
                text_up_to(100),
                ("deal_stage", "status", "sales_stage", "阶段", "商机阶段", "销售阶段"),
                required=True,
            ),
            Target("name", gettext_lazy("Name"), text_up_to(300), ("opportunity", "deal", "title", "商机名称", "商机")),
            Target("at", gettext_lazy("Opened"), moment, opened),
            Target(
                "closed_on",
                gettext_lazy("Closed"),
                calendar_day,
                ("close_date", "closed_at", "closed", "关闭日期", "成交日期"),
            ),
            Target(
                "value", gettext_lazy("Amount"), number, ("close_value", "amount", "deal_value", "金额", "商机金额")
            ),
            Target("product", gettext_lazy("Product"), text_up_to(200), ("product_name", "产品", "产品名称")),
            Target(
                "owner",
                gettext_lazy("Salesperson"),
                text_up_to(200),
                ("sales_agent", "sales_rep", "销售", "销售负责人"),
            ),
            id_target("opportunity_id", "deal_id", "商机编号"),
        )

    def problems(self, row: Given, setting: Setting) -> dict[str, str]:
        values = row.values
        if (
            "at" in values
            and "closed_on" in values
            and values["closed_on"] < values["at"].astimezone(setting.zone).date()
        ):
            return {"closed_on": _("It ends before it begins.")}
        return {}
