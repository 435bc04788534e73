"""The five cards of a fresh installation."""

from typing import Any, Final

from tenure.accounts.models import Card, Field, FieldType

CHINESE: Final = "zh-hans"

#: (key, English, Chinese, type, more of the field); options are (value, English, Chinese).
FieldSeed = tuple[str, str, str, FieldType, dict[str, Any]]
_LEVELS = [("high", "High", "高"), ("medium", "Medium", "中"), ("low", "Low", "低")]

CARDS: Final[tuple[tuple[str, str, str, tuple[FieldSeed, ...]], ...]] = (
    (
        "basics",
        "Basics",
        "基本信息",
        (
            ("industry", "Industry", "行业", FieldType.TEXT, {"longest": 80}),
            (
                "company_size",
                "Company size",
                "企业规模",
                FieldType.CHOICE,
                {
                    "options": [
                        ("1-49", "1–49 people", "1–49 人"),
                        ("50-199", "50–199 people", "50–199 人"),
                        ("200-999", "200–999 people", "200–999 人"),
                        ("1000+", "1,000 people and more", "1000 人以上"),
                    ]
                },
            ),
            ("country", "Country", "国家/地区", FieldType.TEXT, {"longest": 80}),
            ("website", "Website", "官网", FieldType.LINK, {}),
            ("main_phone", "Phone", "电话", FieldType.PHONE, {}),
            (
                "deployment",
                "Deployment",
                "部署方式",
                FieldType.CHOICE,
                {
                    "options": [
                        ("saas", "Our cloud", "公有云"),
                        ("private_cloud", "Their cloud", "私有云"),
                        ("on_premises", "On premises", "本地部署"),
                    ]
                },
            ),
        ),
    ),
    (
        "commercial",
        "Commercial",
        "商务信息",
        (
            ("plan", "Plan", "套餐", FieldType.TEXT, {"longest": 80}),
            ("seats", "Seats bought", "购买席位", FieldType.NUMBER, {"minimum": 0}),
            ("annual_budget", "Annual budget", "年度预算", FieldType.MONEY, {"minimum": 0, "currency": "USD"}),
            (
                "contract_kind",
                "Kind of contract",
                "合同类型",
                FieldType.CHOICE,
                {
                    "options": [
                        ("monthly", "Monthly", "月付"),
                        ("annual", "Annual", "年付"),
                        ("several_years", "Several years", "多年"),
                    ]
                },
            ),
            ("contract_start", "Contract starts", "合同开始", FieldType.DATE, {}),
            ("contract_end", "Contract ends", "合同到期", FieldType.DATE, {}),
            ("pays_on_time", "Pays on time", "按时付款", FieldType.YES_NO, {}),
            ("purchasing", "How they buy", "采购流程", FieldType.TEXT, {}),
        ),
    ),
    (
        "team",
        "Service team and process",
        "服务团队与流程",
        (
            ("sponsor", "Our executive sponsor", "我方高层负责人", FieldType.MEMBER, {}),
            ("project_owner", "Owner on their side", "客户方项目负责人", FieldType.TEXT, {"longest": 120}),
            (
                "channel",
                "Usual channel",
                "常用沟通方式",
                FieldType.CHOICE,
                {
                    "options": [
                        ("wechat", "WeChat group", "微信群"),
                        ("chat", "Chat", "即时通讯"),
                        ("mail", "Mail", "邮件"),
                        ("phone", "Phone", "电话"),
                    ]
                },
            ),
            (
                "meeting_rhythm",
                "Meeting rhythm",
                "例会频率",
                FieldType.CHOICE,
                {
                    "options": [
                        ("weekly", "Weekly", "每周"),
                        ("monthly", "Monthly", "每月"),
                        ("quarterly", "Quarterly", "每季度"),
                        ("none", "No regular meeting", "无固定例会"),
                    ]
                },
            ),
            ("delivered_on", "Delivered on", "交付日期", FieldType.DATE, {}),
            ("trained", "Training held", "已完成培训", FieldType.YES_NO, {}),
        ),
    ),
    (
        "chances",
        "Renewal and growth chances",
        "续约与增长机会",
        (
            ("willingness", "Willingness to cooperate", "配合意愿", FieldType.CHOICE, {"options": _LEVELS}),
            (
                "decision_chain",
                "Decision chain",
                "决策链",
                FieldType.CHOICE,
                {
                    "options": [
                        ("known", "Known, with access", "清楚且可触达"),
                        ("partly", "Partly known", "部分清楚"),
                        ("unclear", "Unclear", "不清楚"),
                        ("changed", "Changed lately", "近期有变动"),
                    ]
                },
            ),
            (
                "relationship",
                "Relationship",
                "客情关系",
                FieldType.CHOICE,
                {"options": [("strong", "Strong", "良好"), ("fair", "Fair", "一般"), ("weak", "Weak", "薄弱")]},
            ),
            ("renewal_chance", "Chance of renewal", "续约可能性", FieldType.CHOICE, {"options": _LEVELS}),
            (
                "growth_chances",
                "Growth chances",
                "增长机会",
                FieldType.CHOICES,
                {
                    "options": [
                        ("more_seats", "More seats", "增加席位"),
                        ("more_products", "More products", "增加产品"),
                        ("new_department", "Another department", "新部门"),
                        ("longer_term", "Longer term", "延长年限"),
                    ]
                },
            ),
            ("competitor", "Other vendors in talks", "竞争对手", FieldType.TEXT, {"longest": 200}),
            ("goal", "What they want to reach", "客户目标", FieldType.TEXT, {}),
        ),
    ),
    (
        "service",
        "Service",
        "服务信息",
        (
            (
                "stage",
                "Stage",
                "养成阶段",
                FieldType.CHOICE,
                {
                    "options": [
                        ("familiarisation", "Familiarisation", "熟悉期"),
                        ("use", "Use", "使用期"),
                        ("advanced", "Advanced", "进阶期"),
                        ("renewal", "Renewal", "续约期"),
                        ("growth", "Growth", "增长期"),
                    ]
                },
            ),
            (
                "tier",
                "Tier",
                "客户等级",
                FieldType.CHOICE,
                {"options": [("A", "A", "A"), ("B", "B", "B"), ("C", "C", "C")]},
            ),
            (
                "scale_of_use",
                "Scale of use",
                "使用规模",
                FieldType.CHOICE,
                {
                    "options": [
                        ("team", "One team", "单个团队"),
                        ("department", "One department", "单个部门"),
                        ("company", "The whole company", "全公司"),
                    ]
                },
            ),
            (
                "tags",
                "Tags",
                "标签",
                FieldType.CHOICES,
                {
                    "options": [
                        ("reference", "Reference customer", "标杆客户"),
                        ("case_study", "Case study", "案例客户"),
                        ("strategic", "Strategic", "战略客户"),
                        ("price_sensitive", "Price sensitive", "价格敏感"),
                        ("needs_training", "Needs training", "需要培训"),
                    ]
                },
            ),
        ),
    ),
)


def install_cards() -> None:
    """The cards of a fresh installation; once there are any, nothing."""
    if Card.objects.exists():
        return
    for place, (key, name, chinese, seeds) in enumerate(CARDS):
        card = Card.objects.create(key=key, name=name, names={CHINESE: chinese}, place=place)
        Field.objects.bulk_create(_field(card, number, seed) for number, seed in enumerate(seeds))


def _field(card: Card, place: int, seed: FieldSeed) -> Field:
    key, name, chinese, kind, more = seed
    options = [
        {"value": value, "name": english, "names": {CHINESE: words}}
        for value, english, words in more.get("options", ())
    ]
    rest = {**more, "options": options}
    return Field(key=key, card=card, place=place, name=name, names={CHINESE: chinese}, type=kind, **rest)
