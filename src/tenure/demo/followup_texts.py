"""What the demo's follow-ups say: ((notes, outcome) in English, the same in Chinese)."""

Words = tuple[tuple[str, str], tuple[str, str]]

START: tuple[Words, ...] = (
    (
        (
            "Kick-off with {person}: goals, the {plan} plan and who gets access first. {users} people will use it.",
            "Plan for the first month agreed",
        ),
        ("与{person}召开启动会：确认目标、{plan}方案以及首批开通人员，预计{users}人使用。", "首月计划已确认"),
    ),
    (
        ("Set up the first dashboards together with {person} and connected their dataset.", "First report is live"),
        ("和{person}一起搭建首批看板并接入数据集。", "第一份报表已上线"),
    ),
    (
        ("Training for new users at the request of {person}; most questions were about reports.", "Recording sent"),
        ("应{person}要求为新用户培训，问题主要集中在报表。", "录屏已发送"),
    ),
)
ROUTINE: tuple[Words, ...] = (
    (
        ("Monthly check-in with {person}: use is steady, they look at the dashboards every Monday.", "Nothing open"),
        ("与{person}月度沟通：使用稳定，每周一固定看看板。", "无遗留问题"),
    ),
    (
        ("{person} asked how other teams build segments; showed two examples.", "They will try it with marketing"),
        ("{person}询问其他团队如何做分群，演示了两个案例。", "将与市场部试用"),
    ),
    (
        (
            "Quarterly review: went through the numbers with {person}, {seats} seats are enough for now.",
            "Next review in three months",
        ),
        ("季度回顾：与{person}过了一遍数据，目前{seats}个席位够用。", "三个月后再回顾"),
    ),
    (
        ("{person} reported a slow query; support found the cause, a missing filter on dates.", "Solved the same day"),
        ("{person}反馈查询较慢，技术支持定位为缺少日期过滤。", "当日解决"),
    ),
    (
        ("Short message from {person}: happy with the new alerts, two more colleagues want access.", ""),
        ("{person}来消息：对新的预警功能满意，另有两位同事希望开通。", ""),
    ),
)
STORY: dict[str, tuple[Words, ...]] = {
    "silent_decline": (
        (
            (
                "Tried to reach {person}; no answer for the second week. Fewer of their people sign in.",
                "Will try by mail",
            ),
            ("联系{person}未果，已是第二周，登录人数在减少。", "改用邮件联系"),
        ),
    ),
    "churned": (
        (
            (
                "{person} says the budget for next year is cut and the tool is on the list.",
                "Asked for a talk with management",
            ),
            ("{person}表示明年预算缩减，本产品在削减名单上。", "已申请与管理层沟通"),
        ),
        (
            (
                "Notice received from {person}: they will not renew. Too few people ever used it.",
                "Exit interview offered",
            ),
            ("收到{person}通知：不再续约，实际使用的人太少。", "已提出离开访谈"),
        ),
    ),
    "champion_left": (
        (
            (
                "{person} told us our champion has left the company; nobody has taken over the dashboards yet.",
                "Find a new owner on their side",
            ),
            ("{person}告知我方支持者已离职，看板暂无人接手。", "在客户侧寻找新负责人"),
        ),
        (
            (
                "First talk with {person} since our champion left. They do not know why the tool was bought.",
                "Value summary promised",
            ),
            ("支持者离职后首次与{person}沟通，对方不清楚当初采购的原因。", "承诺提供价值总结"),
        ),
    ),
    "rescued": (
        (
            (
                "Went to see {person} after use had collapsed: errors in the data import kept people away.",
                "Joint plan for four weeks",
            ),
            ("使用量骤降后上门拜访{person}：数据导入报错导致大家不再使用。", "制定四周联合改进计划"),
        ),
        (
            (
                "Weekly rescue call with {person}: import is fixed, half of the people are back.",
                "Keep the weekly rhythm",
            ),
            ("与{person}每周挽回例会：导入已修复，一半人员已恢复使用。", "保持每周节奏"),
        ),
    ),
    "unhappy_delivery": (
        (
            ("{person} is upset: errors again after delivery, the third time this month.", "Escalated to engineering"),
            ("{person}不满：交付后再次报错，本月第三次。", "已升级至研发"),
        ),
    ),
    "one_department": (
        (
            (
                "{person} confirms that only one department still works with it; the others went back to spreadsheets.",
                "Workshop for the others offered",
            ),
            ("{person}确认目前仅一个部门在用，其他部门退回表格。", "提出为其他部门举办研讨会"),
        ),
    ),
    "built_in_house": (
        (
            (
                "{person} mentioned that their engineers are building their own funnels and segments.",
                "Compare cost with them",
            ),
            ("{person}提到其工程师正在自建漏斗和分群。", "与客户一起比较成本"),
        ),
    ),
    "quota_burning": (
        (
            (
                "Told {person} that the API quota will be used up well before the end of the contract.",
                "They ask for an offer",
            ),
            ("告知{person} API 配额将在合同结束前用完。", "客户要求报价"),
        ),
    ),
}
STEPS: tuple[tuple[str, str], ...] = (
    ("Send the summary of the meeting", "发送会议纪要"),
    ("Send an offer for more seats", "发送增购席位报价"),
    ("Arrange a training for the new colleagues", "安排新同事培训"),
    ("Show the value report to their management", "向客户管理层汇报价值报告"),
    ("Ask engineering about the import errors", "与研发确认导入报错"),
    ("Introduce the new contact to the product team", "将新联系人介绍给产品团队"),
)
