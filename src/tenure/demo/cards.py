"""What the demo vendor's people wrote on the profile cards: at the start, after each talk, and when a story turns."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction

from tenure.accounts.fields.editing import correct_fact, set_fields
from tenure.accounts.fields.managing import FieldDraft, change_field
from tenure.accounts.models import Account, Assignment, Fact, Field, FieldType
from tenure.demo.company import SOURCE_NAME, Customer
from tenure.lib import clock
from tenure.lib.once import asking_once
from tenure.people.models import Member, Role

#: Days after a customer's start from which it is in a stage.
_STAGES: Final = ((31, "use"), (150, "advanced"), (275, "renewal"), (365, "growth"), (640, "renewal"))
_SIZES: Final = {"starter": "1-49", "team": "50-199", "business": "200-999", "enterprise": "1000+"}
_TIERS: Final = {"starter": "C", "team": "C", "business": "B", "enterprise": "A"}
_SCALES: Final = {"starter": "team", "team": "team", "business": "department", "enterprise": "company"}
_RHYTHMS: Final = {"starter": "none", "team": "quarterly", "business": "monthly", "enterprise": "weekly"}

_GOOD: Final = {"willingness": "high", "relationship": "strong", "decision_chain": "known", "renewal_chance": "high"}
_FAIR: Final = {"willingness": "medium", "relationship": "fair", "decision_chain": "partly", "renewal_chance": "medium"}
_POOR: Final = {"willingness": "low", "relationship": "weak", "decision_chain": "unclear", "renewal_chance": "low"}

#: story: (judgement before it turns, days before the end it turns, what is written then); None: it never turns.
_TURNS: Final[Mapping[str, tuple[Mapping[str, Any], int | None, Mapping[str, Any]]]] = {
    "steady": (_GOOD, None, {}),
    "growing": (_GOOD, 180, {"growth_chances": ["more_seats", "new_department"], "tags": ["reference", "strategic"]}),
    "seats_full": (_GOOD, 60, {"growth_chances": ["more_seats"], "tags": ["case_study"]}),
    "quota_burning": (_GOOD, 120, {"growth_chances": ["more_products", "longer_term"]}),
    "rescued": (_POOR, 80, {**_GOOD, "tags": ["case_study"]}),
    "seasonal": (_FAIR, None, {}),
    "few_features": (_FAIR, 150, {"tags": ["needs_training"], "growth_chances": ["more_products"]}),
    "built_in_house": (_GOOD, 100, {"renewal_chance": "low", "relationship": "fair", "competitor": "own"}),
    "silent_decline": (_FAIR, 45, {"willingness": "low", "renewal_chance": "low"}),
    "champion_left": (_GOOD, 65, {"decision_chain": "changed", "relationship": "weak", "renewal_chance": "medium"}),
    "one_department": (_FAIR, 90, {"scale_of_use": "team", "renewal_chance": "low"}),
    "unhappy_delivery": (_POOR, None, {}),
    "churned": (_FAIR, 75, {**_POOR, "competitor": "other", "tags": ["price_sensitive"]}),
    "new_customer": ({"willingness": "high", "relationship": "fair", "decision_chain": "partly"}, None, {}),
}
_TEXTS: Final = {
    "own": ("Their own engineers build a reporting tool", "客户自研报表工具"),
    "other": ("Comparing with Northlight Analytics", "正在对比其他分析产品"),
    "purchasing": ("Team lead asks, purchasing signs, up to 4 weeks", "部门负责人提需求，采购签字，约 4 周"),
}
_GOALS: Final = (
    ("See every week which shops fall behind", "每周看清哪些门店在掉队"),
    ("One set of figures for sales and finance", "销售与财务用同一套数据"),
    ("Cut the time for the monthly report to a day", "月报时间缩短到一天"),
    ("Find out why trial users do not stay", "弄清试用用户为何不留存"),
)
_INDUSTRIES: Final = {
    "food": ("Food", "食品"),
    "logistics": ("Logistics", "物流"),
    "healthcare": ("Health care", "医疗"),
    "banking": ("Banking", "银行"),
    "retail": ("Retail", "零售"),
    "energy": ("Energy", "能源"),
    "media": ("Media", "传媒"),
    "travel": ("Travel", "旅游"),
    "education": ("Education", "教育"),
    "robotics": ("Robotics", "机器人"),
    "insurance": ("Insurance", "保险"),
    "automotive": ("Automotive", "汽车"),
}


def fill_cards(people: list[Customer], owner: Member, last_day: date, zone: ZoneInfo) -> None:
    """Writes two years of cards through the product's own verbs, at their times. Done before, it does nothing."""
    if Fact.objects.filter(actor__isnull=False).exists():
        return
    accounts = {account.external_id: account for account in Account.objects.all()}
    in_charge = _in_charge()
    sponsor = Member.objects.filter(role=Role.LEADER, is_active=True).order_by("pk").first() or owner
    with transaction.atomic():
        _describe_sources(owner)
    with transaction.atomic(), asking_once():  # the fields stay as they are: they are looked up once
        for customer in people:
            account = accounts.get(customer.id)
            if account is not None:
                _tell(customer, account, in_charge.get(account.pk, owner), sponsor, last_day, zone)
        for (day, stage), reached in sorted(_rounds(people, last_day).items()):
            with clock.set_to(datetime.combine(day, time(10), zone)):
                set_fields([accounts[key] for key in reached if key in accounts], {"stage": stage}, sponsor)


def _tell(customer: Customer, account: Account, actor: Member, sponsor: Member, last_day: date, zone: ZoneInfo) -> None:
    rng = Random(f"cards/{customer.id}")  # noqa: S311
    for day, values in sorted(_talks(customer, sponsor, last_day, rng).items()):
        with clock.set_to(_moment(day, zone, rng)):
            set_fields([account], values, actor)
    if rng.random() < 0.06 and last_day - timedelta(days=6) > customer.starts + timedelta(days=30):
        first = Fact.objects.filter(account=account, field="company_size", withdrawal=False).first()
        others = [size for size in _SIZES.values() if first is not None and size != first.value]
        if first is not None:
            with clock.set_to(_moment(last_day - timedelta(days=5), zone, rng)):
                correct_fact(first, rng.choice(others), actor)


def _talks(customer: Customer, sponsor: Member, last_day: date, rng: Random) -> dict[date, dict[str, Any]]:
    """{day: what was written}."""
    end = min(customer.ends or last_day, last_day)
    before, turn, after = _TURNS[customer.story.key]
    talks: dict[date, dict[str, Any]] = defaultdict(dict)
    met = min(customer.starts + timedelta(days=rng.randrange(2, 24)), end)
    talks[met] = {**_first_visit(customer, sponsor, rng), **before, "goal": _in(customer, rng.choice(_GOALS))}
    if turn is not None and end - timedelta(days=turn) > met:
        talks[end - timedelta(days=turn)] |= _worded(customer, after)
    for start, last in _terms(customer, end):
        talks[max(start, met)] |= {"contract_start": start.isoformat(), "contract_end": last.isoformat()}
    return talks


def _terms(customer: Customer, end: date) -> Iterator[tuple[date, date]]:
    """(first day, last day) of each contract begun up to `end`; a monthly one has no end to write down."""
    days = {"enterprise": 1096, "business": 365}.get(customer.plan)
    start = customer.starts
    while days is not None and start <= end:
        yield start, start + timedelta(days=days - 1)
        start += timedelta(days=days)


def _rounds(people: list[Customer], last_day: date) -> dict[tuple[date, str], list[str]]:
    """{(first day of a month, stage): ids of the customers put there}: the leader goes through all of them monthly."""
    rounds: dict[tuple[date, str], list[str]] = defaultdict(list)
    for customer in people:
        for age, stage in _STAGES:
            month = (customer.starts + timedelta(days=age)).replace(day=1)
            day = (month + timedelta(days=31)).replace(day=1)
            if day <= min(customer.ends or last_day, last_day):
                rounds[day, stage].append(customer.id)
    return rounds


def _first_visit(customer: Customer, sponsor: Member, rng: Random) -> dict[str, Any]:
    chinese = customer.country == "CN"
    large = customer.plan in ("business", "enterprise")
    number = rng.randrange(1000, 9999)
    values = {
        "company_size": _SIZES[customer.plan],
        "website": f"https://www.{customer.id.lower()}.example",
        "main_phone": f"+86 21 5555 {number}" if chinese else f"+1 202 555 {number}",
        "deployment": rng.choices(("saas", "private_cloud", "on_premises"), (60, 25, 15) if large else (95, 5, 0))[0],
        "annual_budget": customer.seats * rng.randrange(24, 40) * 10,
        "contract_kind": "several_years" if customer.plan == "enterprise" else "annual" if large else "monthly",
        "pays_on_time": rng.random() < 0.85,
        "project_owner": customer.people[0].name,
        "channel": "wechat" if chinese else rng.choice(("mail", "chat", "phone")),
        "meeting_rhythm": _RHYTHMS[customer.plan],
        "delivered_on": (customer.starts + timedelta(days=rng.randrange(7, 30))).isoformat(),
        "stage": "familiarisation",
        "trained": rng.random() < 0.8,
        "tier": _TIERS[customer.plan],
        "scale_of_use": _SCALES[customer.plan],
    }
    if large:
        values |= {"sponsor": sponsor.pk, "purchasing": _in(customer, _TEXTS["purchasing"])}
    return values


def _describe_sources(owner: Member) -> None:
    """What the vendor's own product says of its customers is locked here; industries have names."""
    options = [
        {"value": key, "name": name, "names": {"zh-hans": chinese}} for key, (name, chinese) in _INDUSTRIES.items()
    ]
    for field in Field.objects.filter(key__in=("industry", "country", "plan", "seats")):
        draft = FieldDraft(field.name, field.chinese, type=FieldType(field.type), minimum=field.minimum)
        if field.key == "industry":
            draft = replace(draft, type=FieldType.CHOICE, options=options)
        change_field(field, replace(draft, synced_from=SOURCE_NAME), owner)


def _in_charge() -> dict[int, Member]:
    """{account: the CSM who is in charge now}."""
    rows = Assignment.objects.filter(role__key="csm", until=None, member__is_active=True).select_related("member")
    return {row.account_id: row.member for row in rows}


def _worded(customer: Customer, values: Mapping[str, Any]) -> dict[str, Any]:
    """With the competitor in the customer's language."""
    if "competitor" not in values:
        return dict(values)
    return {**values, "competitor": _in(customer, _TEXTS[values["competitor"]])}


def _moment(day: date, zone: ZoneInfo, rng: Random) -> datetime:
    """A time in working hours."""
    return datetime.combine(day, time(9 + rng.randrange(8), rng.randrange(60)), zone)


def _in(customer: Customer, texts: tuple[str, str]) -> str:
    return texts[customer.country == "CN"]
