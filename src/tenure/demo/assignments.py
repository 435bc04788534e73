"""Who looks after the demo company's customers: a CSM and a salesperson each, hand-overs where the story has one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from tenure.accounts.assignments.plans import make_plan, turns_of
from tenure.accounts.assignments.verbs import assign, hand_over
from tenure.accounts.models import Account, AssignmentRole, Way
from tenure.demo.company import Customer
from tenure.lib import clock
from tenure.people.models import Member, Role

#: Days before the last day on which a story brings somebody else in charge: (role, days, English, Chinese).
_STORIES = {
    "champion_left": (
        "csm",
        66,
        "Our contact left: a senior CSM rebuilds the relationship",
        "关键联系人离职，由资深客户成功经理重建关系",
    ),
    "rescued": ("csm", 98, "Took over to turn it around", "接手挽回"),
    "one_department": ("csm", 90, "Needs somebody who knows the industry", "需要熟悉该行业的同事"),
    "built_in_house": ("sales", 125, "The customer asked for another contact in sales", "客户要求更换销售对接人"),
    "growing": ("analyst", 150, "Wants reports of its own", "需要定制分析报告"),
    "quota_burning": ("support", 110, "Many questions about the API", "API 相关问题较多"),
    "unhappy_delivery": ("support", 60, "Errors after delivery", "交付后报错较多"),
}
_LEFT = "Left the company", "离职交接"
_DEPARTMENTS = {"sales": "sales", "support": "support", "analyst": "data"}


@dataclass(frozen=True)
class Team:
    """Who may be in charge, by role. `left` is a CSM who left on `left_on`; they are not among them."""

    by_role: dict[str, list[Member]]
    left: Member | None
    left_on: date
    leader: Member


Step = tuple[date, int, Callable[[], None]]  # in order of (day, number)


def assign_customers(people: list[Customer], last_day: date, zone: ZoneInfo) -> None:
    """Puts members in charge from each customer's first day on, in one transaction; done already: nothing."""
    team = _team(last_day)
    roles = {role.key: role for role in AssignmentRole.objects.all()}
    ids = dict(Account.objects.values_list("external_id", "pk"))
    steps = sorted(_steps(people, ids, roles, team, last_day), key=lambda step: step[:2])
    with transaction.atomic():
        if roles["csm"].assignments.exists():
            return
        for day, _number, do in steps:
            with clock.set_to(datetime.combine(day, time(9, 30), zone)):
                do()


def _steps(
    people: list[Customer], ids: dict[str, int], roles: dict[str, AssignmentRole], team: Team, last_day: date
) -> Iterator[Step]:
    for number, each in enumerate(customer for customer in people if customer.id in ids):
        account, chinese = ids[each.id], each.country == "CN"
        holder, seller = _first_csm(team, each, number), team.by_role["sales"][number % len(team.by_role["sales"])]
        yield each.starts, number, _put(account, roles["csm"], holder, team.leader)
        yield each.starts, number, _put(account, roles["sales"], seller, team.leader)
        role, ago, *reasons = _STORIES.get(each.story.key, ("", 0, "", ""))
        day = last_day - timedelta(days=ago)
        if role and day > each.starts:
            pool = team.by_role[role]
            rng = Random(f"assignments/{each.id}")  # noqa: S311  (seeded: the demo is always the same)
            successor = rng.choice([member for member in pool if member not in (holder, seller)] or pool)
            yield day, number, _put(account, roles[role], successor, team.leader, reasons[chinese])
    if team.left is not None:
        yield team.left_on, len(people), _hand_book_over(team, list(roles.values()))


def _first_csm(team: Team, customer: Customer, number: int) -> Member:
    """One who speaks the customer's language; who left had their share until they did."""
    language = "zh-hans" if customer.country == "CN" else "en"
    pool = [member for member in team.by_role["csm"] if member.language == language] or team.by_role["csm"]
    if team.left is not None and team.left.language == language and customer.starts < team.left_on:
        pool = [*pool, team.left]
    return pool[number % len(pool)]


def _put(account: int, role: AssignmentRole, member: Member, actor: Member, reason: str = "") -> Callable[[], None]:
    def do() -> None:
        assign([account], role, member, actor, reason=reason)

    return do


def _hand_book_over(team: Team, roles: list[AssignmentRole]) -> Callable[[], None]:
    def do() -> None:
        assert team.left is not None
        turns = turns_of(team.left.pk, roles)
        plan = make_plan(turns, [member.pk for member in team.by_role["csm"]], Way.LEAST_ACCOUNTS)
        hand_over(plan.moves, team.leader, reason=_LEFT[team.leader.language == "zh-hans"])

    return do


def _team(last_day: date) -> Team:
    """The demo's members by what they do; whoever leads stands in where there is nobody."""
    members = list(Member.objects.select_related("department").order_by("pk"))
    leaders = sorted(
        (member for member in members if member.role in (Role.LEADER, Role.OWNER)),
        key=lambda member: member.role != Role.LEADER,
    )
    working = [member for member in members if member.role == Role.CONTRIBUTOR and member.is_active]
    by_role = {
        "csm": [member for member in members if member.role == Role.CSM and member.is_active],
        **{role: [each for each in working if _works_in(each, word)] for role, word in _DEPARTMENTS.items()},
    }
    left = next((member for member in members if member.role == Role.CSM and not member.is_active), None)
    left_on = left.deactivated_at.date() if left and left.deactivated_at else last_day
    return Team({role: each or leaders for role, each in by_role.items()}, left, left_on, leaders[0])


def _works_in(member: Member, word: str) -> bool:
    return member.department is not None and word in member.department.name.lower()
